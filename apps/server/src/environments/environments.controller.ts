import { environmentDraft, environmentPatch, environmentSchemaVersion } from '@meshery/object-model';
import type { Environment } from '@meshery/object-model';
import { Controller } from '@nestjs/common';
import { RecordController } from '../rest/record.controller.ts';
import type { RecordKind } from '../rest/record.controller.ts';

/** Environments: groups of connections. */
@Controller('api/environments')
export class EnvironmentsController extends RecordController<
  Environment,
  typeof environmentDraft,
  typeof environmentPatch
> {
  protected readonly kind: RecordKind<Environment, typeof environmentDraft, typeof environmentPatch> = {
    one: 'environment',
    many: 'environments',
    draft: environmentDraft,
    patch: environmentPatch,
    schemaVersion: environmentSchemaVersion,
    of: (provider) => provider.environments,
  };
}
