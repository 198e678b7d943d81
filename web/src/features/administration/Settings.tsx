import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Setting } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { duration, size } from './amount';
import { Listed } from './Listed';

function useSetting() {
  const { t, i18n } = useTranslation('administration');
  const name = (variable: string): string =>
    t(`settings.names.${variable}` as 'settings.names.VAKSPIEGEL_RETENTION', { defaultValue: variable });
  const value = ({ seconds, bytes, count, on }: Setting): string => {
    if (count !== undefined) return new Intl.NumberFormat(i18n.language).format(count);
    if (seconds !== undefined) return duration(i18n.language, seconds);
    if (bytes !== undefined) return size(i18n.language, bytes);
    return t(on ? 'settings.on' : 'settings.off');
  };
  return { name, value };
}

/** How recordings are kept and shared, and where each is set. */
export function Settings() {
  const { t } = useTranslation('administration');
  const { name, value } = useSetting();
  const query = api.useQuery('get', '/administration/settings');
  return (
    <>
      <Paragraph>{t('settings.how')}</Paragraph>
      <Asked query={query}>
        {({ items }) => (
          <Listed
            label={t('settings.title')}
            head={[t('settings.setting'), t('settings.value'), t('settings.where')]}
            rows={items.map((setting) => ({
              key: setting.variable,
              cells: [name(setting.variable), value(setting), <code key="where">{setting.variable}</code>],
            }))}
          />
        )}
      </Asked>
    </>
  );
}
