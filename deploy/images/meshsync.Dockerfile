# The discovery agent. First: npm run build -- meshsync
# docker build -f deploy/images/meshsync.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot
ARG GO_IMAGE=golang:1.26
FROM ${GO_IMAGE} AS launcher
WORKDIR /src
COPY tools/setup/go/launcher ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /meshery-meshsync .

FROM ${BASE_IMAGE}
WORKDIR /app
COPY dist/meshsync/*.js ./
COPY --from=launcher /meshery-meshsync ./
ENV PATH=/app:/nodejs/bin:/usr/local/bin:/usr/bin \
    NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    HOME=/tmp
EXPOSE 11000
USER 65532:65532
# Published operators start it by this name, in this folder.
ENTRYPOINT ["./meshery-meshsync"]
CMD []
