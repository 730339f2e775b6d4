import type { Organization } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { MesheryError } from '@meshery/errors';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { forms } from './forms.ts';
import type { Form } from './form-parts.ts';

const offered = { page: 0, pageSize: 100, order: { field: 'name', descending: false } };

/** Forms of the dashboard. */
@Controller('api/schema/resource')
export class FormsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get(':resourceName')
  async form(@Ctx() ctx: RequestContext, @Param('resourceName') name: string): Promise<Form> {
    const found = forms.get(name);
    if (found === undefined) throw noSuchForm();
    if (!hasOrganization(found)) return found;
    const { items } = await this.#providers.of(ctx).people.organizations(ctx, offered);
    return withOrganizations(found, items);
  }
}

function propertiesOf({ rjsfSchema }: Form): Readonly<Record<string, object>> {
  return rjsfSchema.properties as Readonly<Record<string, object>>;
}

function hasOrganization(form: Form): boolean {
  return Object.hasOwn(propertiesOf(form), 'organization');
}

/** Ids are chosen by their names. */
function withOrganizations(form: Form, organizations: readonly Organization[]): Form {
  const known = propertiesOf(form);
  const choices = { enum: organizations.map(({ id }) => id), enumNames: organizations.map(({ name }) => name) };
  const properties = { ...known, organization: { ...known.organization, ...choices } };
  return { ...form, rjsfSchema: { ...form.rjsfSchema, properties } };
}

function noSuchForm(): MesheryError {
  return new MesheryError('meshery-core-1002', 'There is no form of this name.', {
    probableCause: 'The client is newer than this server, or the name is misspelt.',
    remedy: `Ask for one of ${[...forms.keys()].join(', ')}.`,
  });
}
