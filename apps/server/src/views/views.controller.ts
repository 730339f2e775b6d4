import { viewDraft, viewPatch } from '@meshery/object-model';
import type { View } from '@meshery/object-model';
import { Controller } from '@nestjs/common';
import { RecordController } from '../rest/record.controller.ts';
import type { RecordKind } from '../rest/record.controller.ts';

/** Views: kept selections, private or for everybody in an organization. */
@Controller('api/content/views')
export class ViewsController extends RecordController<View, typeof viewDraft, typeof viewPatch> {
  protected readonly kind: RecordKind<View, typeof viewDraft, typeof viewPatch> = {
    one: 'view',
    many: 'views',
    draft: viewDraft,
    patch: viewPatch,
    of: (provider) => provider.views,
  };
}
