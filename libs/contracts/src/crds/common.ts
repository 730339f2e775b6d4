import { anyObject, integer, keyedList, list, map, object, oneOf, quantity, text } from './schema.ts';

/** Conditions of metav1.Condition, one of each type. */
export const conditions = keyedList(
  'What holds at present, one entry of each type.',
  object(
    'One condition.',
    {
      type: text('What is judged, for example Ready.', {
        maxLength: 316,
        pattern: String.raw`^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$`,
      }),
      status: oneOf('Whether it holds.', ['True', 'False', 'Unknown']),
      observedGeneration: integer('The generation of the object that was judged.', { minimum: 0 }),
      lastTransitionTime: text('When status changed last.', { format: 'date-time' }),
      reason: text('One word for programs.', {
        minLength: 1,
        maxLength: 1024,
        pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
      }),
      message: text('A sentence for people.', { maxLength: 32_768 }),
    },
    { required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'] },
  ),
  { keys: ['type'], maxItems: 16 },
);

/** Where the image comes from. */
export const image = object('Where the image comes from.', {
  repository: text(
    'Repository without a tag, for example registry.example.com/meshery/nats; its tag is spec.version. That of the operator when empty.',
    { minLength: 1 },
  ),
  pullPolicy: oneOf('When the node pulls it; when empty, Always for the tag latest and IfNotPresent for others.', [
    'Always',
    'IfNotPresent',
    'Never',
  ]),
  pullSecrets: list('Secrets of this namespace with credentials of the registry.', text('Name of a Secret.'), 8),
});

/** What a container may use: core/v1 ResourceRequirements without claims. */
export const computeResources = object(
  'What the main container may use (core/v1 ResourceRequirements); what is absent is as the operator has it.',
  {
    requests: map('What the scheduler sets aside for it.', quantity('Amount, for example 100m or 64Mi.')),
    limits: map('What it can have at most.', quantity('Amount, for example 1 or 256Mi.')),
  },
);

/** Where pods may run. */
export const placement = {
  nodeSelector: map('Labels that the node must have.', text('Value of the label.', { maxLength: 63 })),
  tolerations: list('Taints of nodes that do not keep the pods away.', anyObject('A core/v1 Toleration.'), 16),
};

/** How much a program writes to its log. */
export const logLevel = oneOf('How much is logged; info when empty. nats-server knows debug and info only.', [
  'debug',
  'info',
  'warn',
  'error',
]);

/** What the last probe found that was asked for with the annotation meshery.io/probe. */
export const probe = object('What the last probe found, asked for with the annotation meshery.io/probe.', {
  id: text('The value of the annotation that asked for it.'),
  hop: oneOf('Where it ended.', ['operator', 'meshsync', 'broker']),
  result: oneOf('Whether every hop up to there answers.', ['ok', 'failed']),
  message: text('Why it failed.', { maxLength: 1024 }),
  time: text('When it ended.', { format: 'date-time' }),
});
