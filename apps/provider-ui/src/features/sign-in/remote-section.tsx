import { useTranslations } from 'next-intl';
import type { ListedProvider } from '../../api/providers.ts';

export interface RemoteSectionProps {
  readonly providers: readonly ListedProvider[];
  readonly next: string | undefined;
}

/** Providers elsewhere, with their states. */
export function RemoteSection({ providers, next }: RemoteSectionProps) {
  const t = useTranslations('remote');
  return (
    <section aria-labelledby="remote">
      <h2 id="remote">{t('title')}</h2>
      <p className="quiet">{t('intro')}</p>
      <ul className="providers">
        {providers.map((provider) => (
          <RemoteProvider key={provider.key} provider={provider} next={next} />
        ))}
      </ul>
    </section>
  );
}

function RemoteProvider({ provider, next }: { readonly provider: ListedProvider } & Pick<RemoteSectionProps, 'next'>) {
  const t = useTranslations('remote');
  const { key, status, properties, error } = provider;
  const name = properties.providerName === '' ? key : properties.providerName;
  const target = next === undefined ? {} : { ref: reference(next) };
  const query = new URLSearchParams({ provider: key, ...target });
  return (
    <li>
      <a className="button wide" href={`/api/provider?${query.toString()}`}>
        {t('with', { name })}
      </a>
      <p className="quiet" role="status">
        <span className={`state ${status}`}>{t(status)}</span> {error ?? properties.providerDescription.join(' ')}
      </p>
    </li>
  );
}

/** As published clients name the path to go to: base64url. */
function reference(path: string): string {
  const bytes = new TextEncoder().encode(path);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
