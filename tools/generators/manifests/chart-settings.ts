import type { ChartTemplate } from './chart-template.ts';
import type { OperatorSettings, ServerSettings } from './settings.ts';

const namespace = '{{ .Release.Namespace }}';

function common(chart: ChartTemplate) {
  return {
    namespace: chart.scalar(namespace),
    imagePullSecrets: chart.optional('.Values.imagePullSecrets'),
    nodeSelector: chart.optional('.Values.nodeSelector'),
    tolerations: chart.optional('.Values.tolerations'),
    affinity: chart.optional('.Values.affinity'),
  };
}

/** An image below a key of the values; without a tag it is that of the chart's version of the product. */
function image(chart: ChartTemplate, values: string): string {
  return chart.scalar(`{{ ${values}.repository }}:{{ ${values}.tag | default .Chart.AppVersion }}`);
}

/** The values of chart `meshery-operator`. */
export function operatorChart(chart: ChartTemplate): OperatorSettings {
  return {
    ...common(chart),
    pullPolicy: chart.scalar('{{ .Values.image.pullPolicy }}'),
    image: image(chart, '.Values.image'),
    images: {
      meshsync: image(chart, '.Values.images.meshsync'),
      nats: image(chart, '.Values.images.nats'),
      reloader: image(chart, '.Values.images.natsReloader'),
      exporter: image(chart, '.Values.images.natsExporter'),
    },
    replicas: chart.scalar('{{ .Values.replicaCount }}'),
    resources: chart.block('.Values.resources'),
    metricsPort: chart.scalar('{{ .Values.service.port }}'),
  };
}

const transport = [
  '{{- if .Values.tls.secretName }}',
  '- name: MESHERY_TLS_CERT',
  '  value: /etc/meshery/tls/tls.crt',
  '- name: MESHERY_TLS_KEY',
  '  value: /etc/meshery/tls/tls.key',
  '{{- else }}',
  '- name: MESHERY_INSECURE',
  '  value: "true"',
  '{{- end }}',
];

const dataVolume = [
  '- name: data',
  '  {{- if .Values.persistence.enabled }}',
  '  persistentVolumeClaim:',
  '    claimName: {{ .Values.persistence.existingClaim | default "meshery-data" }}',
  '  {{- else }}',
  '  emptyDir: {}',
  '  {{- end }}',
];

const tlsVolume = [
  '{{- with .Values.tls.secretName }}',
  '- name: tls',
  '  secret:',
  '    secretName: {{ . }}',
  '{{- end }}',
];

const tlsMount = [
  '{{- if .Values.tls.secretName }}',
  '- name: tls',
  '  mountPath: /etc/meshery/tls',
  '  readOnly: true',
  '{{- end }}',
];

const hasKms = '{{- if or .Values.kms.plugin.image .Values.kms.volume }}';

const kmsVariable = [
  hasKms,
  '- name: MESHERY_KMS_ENDPOINT',
  '  value: unix:///run/kms/{{ .Values.kms.socket }}',
  '{{- end }}',
];

const kmsVolume = [
  hasKms,
  '- name: kms',
  '  {{- with .Values.kms.volume }}',
  '  {{- toYaml . | nindent 10 }}',
  '  {{- else }}',
  '  emptyDir:',
  '    medium: Memory',
  '    sizeLimit: 1Mi',
  '  {{- end }}',
  '{{- end }}',
];

const kmsMount = [hasKms, '- name: kms', '  mountPath: /run/kms', '{{- end }}'];

const kmsPlugin = [
  '{{- if .Values.kms.plugin.image }}',
  '- name: kms',
  '  image: {{ .Values.kms.plugin.image }}',
  '  imagePullPolicy: {{ .Values.image.pullPolicy }}',
  '  restartPolicy: Always',
  ...['args', 'env', 'resources'].flatMap((field) => [
    `  {{- with .Values.kms.plugin.${field} }}`,
    `  ${field}:`,
    '    {{- toYaml . | nindent 12 }}',
    '  {{- end }}',
  ]),
  '  securityContext:',
  '    allowPrivilegeEscalation: false',
  '    readOnlyRootFilesystem: true',
  '    capabilities:',
  '      drop:',
  '        - ALL',
  '  volumeMounts:',
  '    - name: kms',
  '      mountPath: /run/kms',
  '{{- end }}',
];

const clientCaVariable = [
  '{{- if .Values.grpc.clientCaSecret }}',
  '- name: MESHERY_GRPC_CLIENT_CA',
  '  value: /etc/meshery/client-ca/ca.crt',
  '{{- end }}',
];

const clientCaVolume = [
  '{{- with .Values.grpc.clientCaSecret }}',
  '- name: client-ca',
  '  secret:',
  '    secretName: {{ . }}',
  '{{- end }}',
];

const clientCaMount = [
  '{{- if .Values.grpc.clientCaSecret }}',
  '- name: client-ca',
  '  mountPath: /etc/meshery/client-ca',
  '  readOnly: true',
  '{{- end }}',
];

const hasGrpc = '{{- if .Values.grpc.outside }}';

const grpcVariable = [
  hasGrpc,
  '- name: MESHERY_GRPC_OUTSIDE',
  '  valueFrom:',
  '    fieldRef:',
  '      apiVersion: v1',
  '      fieldPath: status.podIP',
  '{{- end }}',
];

const grpcPort = [hasGrpc, '- name: grpc', '  port: 9082', '  targetPort: 9082', '  protocol: TCP', '{{- end }}'];

const grpcRule = [hasGrpc, '- ports:', '    - port: 9082', '      protocol: TCP', '{{- end }}'];

/** The values of chart `meshery`. */
export function serverChart(chart: ChartTemplate): ServerSettings {
  return {
    ...common(chart),
    pullPolicy: chart.scalar('{{ .Values.image.pullPolicy }}'),
    server: { image: image(chart, '.Values.image'), resources: chart.block('.Values.resources') },
    bridge: { image: image(chart, '.Values.bridge.image'), resources: chart.block('.Values.bridge.resources') },
    scheme: chart.scalar('{{ if .Values.tls.secretName }}HTTPS{{ else }}HTTP{{ end }}'),
    variables: [
      chart.items(...transport, ...kmsVariable, ...clientCaVariable, ...grpcVariable),
      chart.extraItems('.Values.env'),
    ],
    volumes: [chart.items(...dataVolume), chart.items(...tlsVolume, ...kmsVolume, ...clientCaVolume)],
    mounts: [chart.items(...tlsMount, ...kmsMount, ...clientCaMount)],
    before: [chart.items(...kmsPlugin)],
    claim: {
      size: chart.scalar('{{ .Values.persistence.size }}'),
      className: chart.optionalScalar('.Values.persistence.storageClass'),
    },
    service: {
      type: chart.scalar('{{ .Values.service.type }}'),
      annotations: chart.optional('.Values.service.annotations'),
      ports: [chart.items(...grpcPort)],
    },
    ingress: [chart.items(...grpcRule)],
    broker: chart.templatedBlock('.Values.broker.spec'),
    meshSync: chart.templatedBlock('.Values.meshsync.spec'),
  };
}
