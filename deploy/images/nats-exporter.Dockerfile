# The broker's metrics for Prometheus. The public image `natsio/prometheus-nats-exporter` takes the same flags.
# docker build -f deploy/images/nats-exporter.Dockerfile -t NAME .
ARG BASE_IMAGE=gcr.io/distroless/static-debian13:nonroot
ARG GO_IMAGE=golang:1.26
FROM ${GO_IMAGE} AS build
WORKDIR /src
COPY tools/setup/go/nats-exporter ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /nats-exporter .

FROM ${BASE_IMAGE}
COPY --from=build /nats-exporter /usr/local/bin/nats-exporter
ENV PATH=/usr/local/bin:/usr/bin
EXPOSE 7777
USER 65532:65532
ENTRYPOINT ["nats-exporter"]
CMD []
