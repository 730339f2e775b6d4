# The broker, built from the versions that tools/setup/go/nats-server pins. The public image `nats` does as well.
# docker build -f deploy/images/nats-server.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/static-debian13:nonroot
ARG GO_IMAGE=golang:1.26
FROM ${GO_IMAGE} AS build
WORKDIR /src
COPY tools/setup/go/nats-server ./
RUN CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags '-s -w' -o /nats-server github.com/nats-io/nats-server/v2

FROM ${BASE_IMAGE}
COPY --from=build /nats-server /usr/local/bin/nats-server
COPY --chown=65532:65532 deploy/images/data /data
ENV PATH=/usr/local/bin:/usr/bin
EXPOSE 4222 6222 8222
USER 65532:65532
ENTRYPOINT ["nats-server"]
CMD []
