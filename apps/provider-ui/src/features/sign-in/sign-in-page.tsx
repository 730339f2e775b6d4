'use client';

import { NextIntlClientProvider, useTranslations } from 'next-intl';
import messages from '../../../messages/en.json';
import { FailedNotice } from './failed-notice.tsx';
import { LocalSection } from './local-section.tsx';
import { RemoteSection } from './remote-section.tsx';
import { useProviders } from './use-providers.ts';
import { useRequest } from './use-request.ts';

/** The page `/provider`: every way to sign in. The server leads a sign-in that failed here with `?error=`. */
export function SignInPage() {
  return (
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <header>
        <Mark />
        <span>Meshery</span>
      </header>
      <main>
        <SignIn />
      </main>
    </NextIntlClientProvider>
  );
}

function SignIn() {
  const t = useTranslations();
  const { error, next } = useRequest();
  const { all, hasFailed } = useProviders();
  const own = all.find(({ key }) => key === 'Local');
  // A server whose only provider is a remote one lists no other; until the list is here nothing is known of it.
  const isOwn = own !== undefined || all.length === 0;
  const remotes = all.filter(({ properties }) => properties.providerType === 'remote');
  return (
    <div className="card">
      <h1>{t('title')}</h1>
      {error !== undefined && <FailedNotice error={error} />}
      {isOwn && <LocalSection issuers={own?.properties.issuers ?? []} next={next} />}
      {remotes.length > 0 && <RemoteSection providers={remotes} next={next} />}
      {hasFailed && <p role="status">{t('remote.unknown')}</p>}
    </div>
  );
}

/** The mark of the product: a small mesh. */
function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden>
      <path d="M12 2.5 20.2 7.2v9.6L12 21.5 3.8 16.8V7.2Z" strokeLinejoin="round" />
      <path d="M12 2.5v19M3.8 7.2l16.4 9.6M20.2 7.2 3.8 16.8" strokeOpacity="0.55" />
      <circle cx="12" cy="12" r="2.6" fill="currentColor" stroke="none" />
    </svg>
  );
}
