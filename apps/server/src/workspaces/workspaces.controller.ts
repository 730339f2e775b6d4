import { workspaceDraft, workspacePatch } from '@meshery/object-model';
import type { Workspace } from '@meshery/object-model';
import { Controller } from '@nestjs/common';
import { RecordController } from '../rest/record.controller.ts';
import type { RecordKind } from '../rest/record.controller.ts';

/** Workspaces: where teams work. */
@Controller('api/workspaces')
export class WorkspacesController extends RecordController<Workspace, typeof workspaceDraft, typeof workspacePatch> {
  protected readonly kind: RecordKind<Workspace, typeof workspaceDraft, typeof workspacePatch> = {
    one: 'workspace',
    many: 'workspaces',
    draft: workspaceDraft,
    patch: workspacePatch,
    of: (provider) => provider.workspaces,
  };
}
