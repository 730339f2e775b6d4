import { useTranslations } from 'next-intl';

const known = [
  'auth-1201',
  'auth-1203',
  'auth-1205',
  'auth-1206',
  'auth-1207',
  'auth-1208',
  'core-1005',
  'provider-2001',
] as const;

/** Says why nobody is signed in. Only codes are shown: anybody can send somebody to any address. */
export function FailedNotice({ error }: { readonly error: string }) {
  const t = useTranslations('failed');
  const kind = known.find((one) => error === `meshery-${one}`) ?? 'other';
  return (
    <div role="alert" className="notice">
      <h2>{t('title')}</h2>
      <p>{t(kind)}</p>
      {/^meshery-[a-z]+-\d{1,6}$/.test(error) && <p className="quiet">{t('code', { code: error })}</p>}
    </div>
  );
}
