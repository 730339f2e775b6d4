# The server with its pages. First: npm run build -- server dashboard provider-ui
# docker build -f deploy/images/server.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot
FROM ${BASE_IMAGE}
WORKDIR /app
COPY dist/server/*.js ./
COPY node_modules/better-sqlite3/package.json node_modules/better-sqlite3/LICENSE ./node_modules/better-sqlite3/
COPY node_modules/better-sqlite3/lib ./node_modules/better-sqlite3/lib
COPY node_modules/better-sqlite3/prebuilds/linux-*.node ./node_modules/better-sqlite3/prebuilds/
COPY node_modules/koffi/package.json node_modules/koffi/LICENSE.txt node_modules/koffi/index.js ./node_modules/koffi/
COPY node_modules/koffi/src/koffi/*.js ./node_modules/koffi/src/koffi/
COPY node_modules/koffi/src/koffi/src/static.js ./node_modules/koffi/src/koffi/src/
COPY node_modules/@koromix ./node_modules/@koromix
COPY apps/dashboard/out ./dashboard
COPY apps/provider-ui/out ./provider-ui
# A volume belongs here.
COPY --chown=65532:65532 deploy/images/data /data
ENV PATH=/app:/nodejs/bin:/usr/local/bin:/usr/bin \
    NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    HOME=/data \
    MESHERY_DATA_DIR=/data \
    MESHERY_DASHBOARD_DIR=/app/dashboard \
    MESHERY_PROVIDER_UI_DIR=/app/provider-ui \
    MESHERY_BROWSER=false \
    MESHERY_MESHSYNC_MODE=operator \
    MESHERY_HOST=0.0.0.0
EXPOSE 9081 9082
USER 65532:65532
ENTRYPOINT ["node", "/app/main.js"]
CMD []
