import type { Clock } from '@meshery/observability';
import type { TokenAuthority } from '@meshery/security';
import { moduleLogger } from '@meshery/service';
import { Module } from '@nestjs/common';
import { EgressClient } from '../../egress/egress-client.ts';
import { FederatedAccounts } from '../../provider/local/federated-accounts.ts';
import { CLOCK, OIDC_SETTINGS, TOKEN_AUTHORITY } from '../../tokens.ts';
import { Issuer } from './issuer.ts';
import { OidcController } from './oidc.controller.ts';
import type { OidcSettings } from './oidc-settings.ts';
import { OidcSignIn } from './oidc-sign-in.ts';
import { SignInWithIssuerHandler } from './sign-in-with-issuer.handler.ts';

/** An administrator names the issuer, which may well be in a network of their own. */
const egress = new EgressClient({ allowsPrivate: true });

const signIn = {
  provide: OidcSignIn,
  useFactory: (
    settings: OidcSettings | undefined,
    clock: Clock,
    authority: TokenAuthority,
    accounts: FederatedAccounts,
  ) => {
    if (settings === undefined) return new OidcSignIn();
    const issuer = new Issuer({ settings, egress, clock });
    const handler = new SignInWithIssuerHandler({ issuer, accounts, authority, clock });
    return new OidcSignIn({ issuer, accounts, handler });
  },
  inject: [OIDC_SETTINGS, CLOCK, TOKEN_AUTHORITY, FederatedAccounts],
};

/** Sign-in of the Local provider with an OpenID Connect issuer. */
@Module({ controllers: [OidcController], providers: [moduleLogger('oidc'), signIn], exports: [OidcSignIn] })
export class OidcModule {}
