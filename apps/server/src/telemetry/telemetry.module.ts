import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { PrometheusDriver } from '../connections/kinds/prometheus-driver.ts';
import { ServerDriver, grafana } from '../connections/kinds/server-driver.ts';
import { EgressClient } from '../egress/egress-client.ts';
import { Providers } from '../provider/providers.ts';
import { GrafanaController } from './grafana.controller.ts';
import { PrometheusController } from './prometheus.controller.ts';
import { TelemetryServers } from './telemetry-servers.ts';
import { GRAFANA_SERVERS, PROMETHEUS_SERVERS } from './tokens.ts';

const prometheusServers = {
  provide: PROMETHEUS_SERVERS,
  useFactory: (providers: Providers, driver: PrometheusDriver) =>
    new TelemetryServers({ kind: 'prometheus', title: 'Prometheus', providers, driver }),
  inject: [Providers, PrometheusDriver],
};

const grafanaServers = {
  provide: GRAFANA_SERVERS,
  useFactory: (providers: Providers, egress: EgressClient) => {
    const driver = new ServerDriver(grafana, { providers, egress });
    return new TelemetryServers({ kind: 'grafana', title: 'Grafana', providers, driver });
  },
  inject: [Providers, EgressClient],
};

/** Metrics and dashboards from the servers that have them. */
@Module({
  imports: [ConnectionsModule],
  controllers: [PrometheusController, GrafanaController],
  providers: [prometheusServers, grafanaServers],
})
export class TelemetryModule {}
