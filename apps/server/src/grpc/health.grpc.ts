import { HealthCheckResponse_ServingStatus as Status } from '@meshery/contracts/grpc';
import type { HealthCheckResponse, HealthServiceHandlers } from '@meshery/contracts/grpc';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import type { ReadinessRegistry } from '@meshery/service';
import { answer, goneSignal, stream } from './call-end.ts';
import { grpcError } from './grpc-errors.ts';
import type { GrpcServices } from './grpc-services.ts';

/** Streams of callers who are not known, at most. */
const maxWatches = 100;
const pollMs = 1000;

/** What health is made with. */
export interface HealthParts {
  readonly readiness: ReadinessRegistry;
  readonly services: GrpcServices;
  readonly clock: Clock;
  readonly shutdown: AbortSignal;
}

/** grpc.health.v1.Health: what /healthz/ready says, for every service alike, and like it without a token. */
export function healthService(parts: HealthParts): HealthServiceHandlers {
  let watches = 0;
  return {
    check: ({ request }, callback) => {
      answer(check(parts, request.service), callback);
    },
    watch: (call) => {
      if (watches >= maxWatches) {
        call.emit('error', grpcError(tooMany()));
        return;
      }
      watches += 1;
      const end = new AbortController();
      const signal = AbortSignal.any([goneSignal(call), end.signal, parts.shutdown]);
      void stream(call, statuses(parts, call.request.service, signal)).finally(() => {
        watches -= 1;
        end.abort();
      });
    },
  };
}

async function check(parts: HealthParts, service: string): Promise<HealthCheckResponse> {
  const status = await statusOf(parts, service);
  if (status !== Status.SERVICE_UNKNOWN) return { status };
  throw new MesheryError('meshery-core-1002', 'There is no such service.', {
    probableCause: 'The name was mistyped, or it is not the full name.',
    remedy: 'Ask for "" to hear about the server as a whole, or for a full name such as meshery.v1.InventoryService.',
  });
}

async function* statuses(
  parts: HealthParts,
  service: string,
  signal: AbortSignal,
): AsyncGenerator<HealthCheckResponse> {
  let last: Status | undefined;
  for (;;) {
    const status = await statusOf(parts, service);
    if (status !== last) yield { status };
    last = status;
    if (signal.aborted) return;
    await parts.clock.sleep(pollMs, signal).catch(() => undefined);
  }
}

async function statusOf({ services, readiness, shutdown }: HealthParts, service: string): Promise<Status> {
  if (service !== '' && !services.has(service)) return Status.SERVICE_UNKNOWN;
  const { ready } = await readiness.report();
  return ready && !shutdown.aborted ? Status.SERVING : Status.NOT_SERVING;
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1005', `More than ${String(maxWatches)} health streams are open.`, {
    probableCause: 'Many programs watch the health of this server at the same time.',
    remedy: 'Use Check, or close some streams.',
  });
}
