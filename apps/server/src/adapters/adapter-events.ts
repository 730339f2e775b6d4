import { meshes } from '@meshery/contracts';
import type { Connection, EventDraft, EventSeverity } from '@meshery/object-model';

const maxSummary = 500;
const maxDetail = 2000;

const severities: Readonly<Record<number, EventSeverity>> = {
  [meshes.EventType.WARN]: 'warning',
  [meshes.EventType.ERROR]: 'error',
};

/** An event of an adapter as one of ours; an operation that nobody here began is not believed. */
export function eventOf(
  { id, name, organizationId }: Connection,
  event: meshes.EventsResponse,
  isAwaited: boolean,
): EventDraft {
  const { summary, operationId, eventType } = event;
  return {
    organizationId,
    actedUpon: id,
    action: /\bremoved\b/i.test(summary) ? 'undeploy' : 'deploy',
    category: token(event.componentName) || 'adapter',
    description: bounded(summary, maxSummary) || `The adapter "${name}" reports something.`,
    metadata: metadataOf(event),
    operationId: isAwaited ? operationId : null,
    severity: severities[eventType] ?? 'informational',
  };
}

function metadataOf(event: meshes.EventsResponse): Readonly<Record<string, string>> {
  const { details, component, componentName, errorCode, probableCause, suggestedRemediation } = event;
  const fields = { details, component, componentName, errorCode, probableCause, suggestedRemediation };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, text]) => (text === '' ? [] : [[key, bounded(text, maxDetail)]])),
  );
}

function token(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\w-]+/g, '-')
    .slice(0, 60);
}

function bounded(text: string, length: number): string {
  return text.replaceAll('\0', '').slice(0, length);
}
