# The reference provider. First: npm run build -- remote-provider
# docker build -f deploy/images/remote-provider.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot
FROM ${BASE_IMAGE}
WORKDIR /app
COPY dist/remote-provider/*.js ./
ENV PATH=/app:/nodejs/bin:/usr/local/bin:/usr/bin \
    NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    HOME=/tmp \
    PROVIDER_HOST=0.0.0.0 \
    PORT=8443
EXPOSE 8443
USER 65532:65532
ENTRYPOINT ["node", "/app/main.js"]
CMD []
