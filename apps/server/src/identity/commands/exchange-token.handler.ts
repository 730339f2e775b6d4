import { MesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import { authFile, noIdentity, whyExchangeRefused } from '@meshery/security';
import type { AuthFile, PeerFacts, TokenAuthority } from '@meshery/security';
import { LOGGER } from '@meshery/service';
import { Inject, Injectable } from '@nestjs/common';
import type { ServerConfig } from '../../config.ts';
import { CONFIG, TOKEN_AUTHORITY } from '../../tokens.ts';
import type { SessionCredential } from '../../sessions/session-source.ts';
import { Sessions } from '../../sessions/sessions.ts';
import { localUser } from '../local-user.ts';

/** Answers the token file of a command-line client: the token that it has, or a new one for a program on this machine. */
@Injectable()
export class ExchangeTokenHandler {
  readonly #authority: TokenAuthority;
  readonly #sessions: Sessions;
  readonly #config: ServerConfig;
  readonly #logger: Logger;

  constructor(
    @Inject(TOKEN_AUTHORITY) authority: TokenAuthority,
    @Inject(Sessions) sessions: Sessions,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#authority = authority;
    this.#sessions = sessions;
    this.#config = config;
    this.#logger = logger;
  }

  /** Rejects with `meshery-auth-1200` or `-1201` when the rules forbid it. */
  async handle(credential: SessionCredential, peer: PeerFacts): Promise<AuthFile> {
    if (credential.token !== '') {
      const { identity, renewedToken } = await this.#sessions.verify(credential);
      return authFile(renewedToken ?? credential.token, identity.provider);
    }
    const why = this.#whyRefused(peer);
    if (why !== undefined) {
      this.#logger.info({ why, peer: peer.remoteAddress }, 'token exchange refused');
      throw refused(why);
    }
    return authFile(await this.#authority.issue(localUser));
  }

  #whyRefused(peer: PeerFacts): string | undefined {
    const { soleRemote, tokenExchange } = this.#config;
    if (soleRemote !== undefined) return `people sign in with ${soleRemote} only`;
    return tokenExchange ? whyExchangeRefused(peer) : 'it is switched off';
  }
}

function refused(why: string): MesheryError {
  const base = noIdentity();
  return new MesheryError(base.code, `A token is not handed out here: ${why}.`, {
    probableCause: "Only a program on the server's own machine gets a token of the Local provider without one.",
    remedy: base.remedy ?? '',
  });
}
