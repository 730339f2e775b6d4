import { z } from 'zod';
import { pinnedBoards } from '../../telemetry/grafana.controller.ts';
import { panelList } from '../../telemetry/panels.ts';
import { grafanaBatch, prometheusBatch } from '../../telemetry/query-batch.ts';
import { asSpelled, numberParameter, textParameter, textsParameter } from '../description.ts';
import type { Description, Feature, Parameter } from '../description.ts';

const ping = z.object({ reachable: z.literal(true), version: z.string() });
const farAnswer = asSpelled('TelemetryAnswer', z.unknown());
const result = z.object({ id: z.string(), response: z.unknown().optional(), error: z.string().optional() });
const results = asSpelled('QueryResults', z.object({ results: z.array(result) }));
const panels = asSpelled('Panels', panelList);
const pinned = asSpelled('PinnedBoards', pinnedBoards);

const query = textParameter('query', 'In PromQL.');
const range = [
  query,
  textParameter('start', 'Seconds since 1970, or RFC 3339.'),
  textParameter('end', 'As the start.'),
  textParameter('step', 'Seconds, or a duration such as 15s.'),
];
const match = textsParameter('match', 'Only of series that this selects.');

const asked = (summary: string, parameters: readonly Parameter[] = []): Description => ({
  summary,
  query: parameters,
  answer: farAnswer,
});

const prometheus: Feature['routes'] = {
  ping: { summary: 'Test a Prometheus server', answer: asSpelled('PrometheusPing', ping) },
  metrics: {
    summary: 'List the names of metrics',
    query: [
      textParameter('search', 'Text that the name contains.'),
      numberParameter('limit', 'How many at most.', { minimum: 1, maximum: 10_000 }),
    ],
    answer: asSpelled('MetricNames', z.object({ status: z.literal('success'), data: z.array(z.string()) })),
  },
  labels: asked('List the names of labels', [match]),
  label_values: asked('List the values of a label', [
    { ...textParameter('label', 'Name of the label.'), required: true },
    match,
  ]),
  metadata: asked('Read what is said of metrics', [textParameter('metric', 'Only of this metric.')]),
  query: asked('Ask for one moment', [query, textParameter('time', 'Seconds since 1970, or RFC 3339.')]),
  query_range: asked('Ask for a range', range),
  panels: { summary: 'Read the panels that are shown of a Prometheus server', answer: panels },
};

const dataSource = { ...textParameter('ds', 'Uid of the data source.'), required: true } as const;
const grafana: Feature['routes'] = {
  ping: { summary: 'Test a Grafana server', answer: asSpelled('GrafanaPing', ping.extend({ database: z.string() })) },
  boards: asked('List dashboards', [textParameter('search', 'Text that the title contains.')]),
  'boards/:uid': asked('Read a dashboard with its panels'),
  datasources: asked('List data sources'),
  query_range: asked('Ask a data source for a range', [dataSource, ...range]),
  pinned: { summary: 'Read which dashboards are pinned', answer: pinned },
};

function below(server: string, routes: Feature['routes']): Feature['routes'] {
  const entries = Object.entries(routes);
  return Object.fromEntries(
    entries.map(([path, said]) => [`GET /api/telemetry/${server}/:connectionID/${path}`, said]),
  );
}

const posted: Feature['routes'] = {
  'POST /api/telemetry/prometheus/:connectionID/query_range_batch': {
    summary: 'Ask for several ranges at once',
    body: asSpelled('PrometheusQueries', prometheusBatch),
    answer: results,
  },
  'POST /api/telemetry/prometheus/:connectionID/panels': {
    summary: 'Keep the panels that are shown of a Prometheus server',
    body: panels,
    answer: panels,
  },
  'POST /api/telemetry/grafana/:connectionID/query_range_batch': {
    summary: 'Ask data sources for several ranges at once',
    body: asSpelled('GrafanaQueries', grafanaBatch),
    answer: results,
  },
  'POST /api/telemetry/grafana/:connectionID/pinned': {
    summary: 'Keep which dashboards are pinned',
    body: pinned,
    answer: pinned,
  },
};

/** Metrics and dashboards. */
export const telemetry: Feature = {
  tag: 'Telemetry',
  about: 'What servers of metrics and dashboards answer, asked with the credential of their connection.',
  routes: { ...below('prometheus', prometheus), ...below('grafana', grafana), ...posted },
};
