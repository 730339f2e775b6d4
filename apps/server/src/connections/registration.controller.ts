import { randomUUID } from 'node:crypto';
import { parseRecord, recordId, registrationEvent, statusOfEvent } from '@meshery/object-model';
import type { Connection, ConnectionStatus, RegistrationEvent } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { isMesheryError } from '@meshery/errors';
import { Body, Controller, Delete, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { ConnectionLife } from './connection-life.ts';
import { ConnectionMaker } from './connection-maker.ts';
import { registrationForms } from './registration-forms.ts';

export const cancellation = z.object({ id: recordId });

/** The way from first saying what one is made of: forms, then the steps of its life. Nothing is kept before the first step. */
@Controller('api/integrations/connections/register')
export class RegistrationController {
  readonly #providers: Providers;
  readonly #maker: ConnectionMaker;
  readonly #life: ConnectionLife;
  readonly #definitions: ConnectionDefinitions;

  constructor(
    @Inject(Providers) providers: Providers,
    @Inject(ConnectionMaker) maker: ConnectionMaker,
    @Inject(ConnectionLife) life: ConnectionLife,
    @Inject(ConnectionDefinitions) definitions: ConnectionDefinitions,
  ) {
    this.#providers = providers;
    this.#maker = maker;
    this.#life = life;
    this.#definitions = definitions;
  }

  @Post()
  @HttpCode(200)
  async register(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const event = parseRecord(registrationEvent, body, 'registration');
    const definition = await this.#definitions.require(event.kind);
    const { status, id } = event;
    if (status === 'initialize') return { id: id ?? randomUUID(), ...registrationForms(definition) };
    if (status === 'noop' || status === 'exit') return {};
    const to = statusOfEvent[status];
    const known = await this.#known(ctx, id);
    if (known === undefined) await this.#make(ctx, event, to);
    else await this.#life.move(ctx, known.id, { to, why: 'A user asked for it.', isTrusted: isTrusted(event) });
    return {};
  }

  /** A registration that was not finished has left nothing, so there is nothing to undo. */
  @Delete()
  @HttpCode(204)
  cancelByBody(@Body() body: unknown): void {
    parseRecord(cancellation, body, 'cancellation');
  }

  @Delete(':registrationId')
  @HttpCode(204)
  cancel(@Param('registrationId', RecordIdPipe) _id: string): void {
    // See cancelByBody.
  }

  async #known(ctx: RequestContext, id: string | undefined): Promise<Connection | undefined> {
    if (id === undefined) return undefined;
    try {
      return await this.#providers.of(ctx).connections.get(ctx, id.toLowerCase());
    } catch (error) {
      if (isMesheryError(error) && error.code === 'meshery-core-1002') return undefined;
      throw error;
    }
  }

  async #make(ctx: RequestContext, event: RegistrationEvent, to: ConnectionStatus): Promise<void> {
    const { id, kind, name = event.kind, metadata, type, subType, url, credentialSecret, credentialId } = event;
    const fields = { kind, name, description: '', metadata, styles: {}, credentialSecret, credentialId };
    const { organizationId } = event;
    const draft = { ...fields, type, subType, url, organizationId, status: to };
    const from = to === 'registered' || to === 'connected' ? ({ from: 'discovered' } as const) : {};
    await this.#maker.make(ctx, draft, { id: id?.toLowerCase(), ...from, isTrusted: isTrusted(event) });
  }
}

function isTrusted({ skipCredentialVerification }: RegistrationEvent): boolean {
  return skipCredentialVerification === true;
}
