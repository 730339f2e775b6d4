# The bridge from brokers to the server. First: npm run build -- broker-bridge
# docker build -f deploy/images/broker-bridge.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot
FROM ${BASE_IMAGE}
WORKDIR /app
COPY dist/broker-bridge/*.js ./
COPY node_modules/koffi/package.json node_modules/koffi/LICENSE.txt node_modules/koffi/index.js ./node_modules/koffi/
COPY node_modules/koffi/src/koffi/*.js ./node_modules/koffi/src/koffi/
COPY node_modules/koffi/src/koffi/src/static.js ./node_modules/koffi/src/koffi/src/
COPY node_modules/@koromix ./node_modules/@koromix
ENV PATH=/app:/nodejs/bin:/usr/local/bin:/usr/bin \
    NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    NODE_OPTIONS=--max-semi-space-size=4 \
    HOME=/tmp
USER 65532:65532
ENTRYPOINT ["node", "/app/main.js"]
CMD []
