# The operator. First: npm run build -- operator
# docker build -f deploy/images/operator.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot
FROM ${BASE_IMAGE}
WORKDIR /app
COPY dist/operator/*.js ./
ENV PATH=/app:/nodejs/bin:/usr/local/bin:/usr/bin \
    NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    HOME=/tmp
EXPOSE 8081 8443
USER 65532:65532
ENTRYPOINT ["node", "/app/main.js"]
CMD []
