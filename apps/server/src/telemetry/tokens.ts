/** Token of the Prometheus servers that are asked. */
export const PROMETHEUS_SERVERS = Symbol('meshery.server.PrometheusServers');

/** Token of the Grafana servers that are asked. */
export const GRAFANA_SERVERS = Symbol('meshery.server.GrafanaServers');
