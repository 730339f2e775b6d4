// Shows the monitoring of a NATS server to Prometheus.
module meshery.io/tools/setup/nats-exporter

go 1.26
