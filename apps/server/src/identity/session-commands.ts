import { Inject, Injectable } from '@nestjs/common';
import { IssueCodeHandler } from './commands/issue-code.handler.ts';
import { RenewTokenHandler } from './commands/renew-token.handler.ts';
import { SignOutHandler } from './commands/sign-out.handler.ts';

/** The use cases of somebody who is signed in. */
@Injectable()
export class SessionCommands {
  readonly renew: RenewTokenHandler;
  readonly signOut: SignOutHandler;
  readonly issueCode: IssueCodeHandler;

  constructor(
    @Inject(RenewTokenHandler) renew: RenewTokenHandler,
    @Inject(SignOutHandler) signOut: SignOutHandler,
    @Inject(IssueCodeHandler) issueCode: IssueCodeHandler,
  ) {
    this.renew = renew;
    this.signOut = signOut;
    this.issueCode = issueCode;
  }
}
