import { moduleLogger } from '@meshery/service';
import { Module } from '@nestjs/common';
import { ExchangeTokenHandler } from './commands/exchange-token.handler.ts';
import { IssueCodeHandler } from './commands/issue-code.handler.ts';
import { RenewTokenHandler } from './commands/renew-token.handler.ts';
import { SignInWithCodeHandler } from './commands/sign-in-with-code.handler.ts';
import { SignOutHandler } from './commands/sign-out.handler.ts';
import { OidcModule } from './oidc/oidc.module.ts';
import { IdentityController } from './identity.controller.ts';
import { ProvidersController } from './providers.controller.ts';
import { ProviderStreams } from './provider-streams.ts';
import { SignInController } from './sign-in.controller.ts';
import { SessionCommands } from './session-commands.ts';

/** Sign-in, tokens and sign-out of the Local provider. */
@Module({
  imports: [OidcModule],
  controllers: [IdentityController, ProvidersController, SignInController],
  providers: [
    moduleLogger('identity'),
    ProviderStreams,
    ExchangeTokenHandler,
    IssueCodeHandler,
    RenewTokenHandler,
    SessionCommands,
    SignInWithCodeHandler,
    SignOutHandler,
  ],
})
export class IdentityModule {}
