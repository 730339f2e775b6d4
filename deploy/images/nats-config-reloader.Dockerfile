# What makes the broker read its configuration again; built from the versions that tools/setup/go/nats-config-reloader pins.
# docker build -f deploy/images/nats-config-reloader.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/static-debian13:nonroot
ARG GO_IMAGE=golang:1.26
FROM ${GO_IMAGE} AS build
WORKDIR /src
COPY tools/setup/go/nats-config-reloader ./
RUN CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags '-s -w' -o /nats-server-config-reloader \
    github.com/nats-io/nack/cmd/nats-server-config-reloader

FROM ${BASE_IMAGE}
COPY --from=build /nats-server-config-reloader /usr/local/bin/nats-server-config-reloader
ENV PATH=/usr/local/bin:/usr/bin
USER 65532:65532
ENTRYPOINT ["nats-server-config-reloader"]
CMD []
