import { useTranslation } from 'react-i18next';
import type { RegisterRecord, Scope } from '../../api/types';
import register from '../../locales/nl/register.json';

export const states = Object.keys(register.states) as (keyof typeof register.states)[];
export const roles = Object.keys(register.roles) as (keyof typeof register.roles)[];
export const methods = Object.keys(register.methods) as (keyof typeof register.methods)[];
export const channels = Object.keys(register.channel) as (keyof typeof register.channel)[];
export const invalidities = Object.keys(register.invalidity) as (keyof typeof register.invalidity)[];
export const unmaskReasons = Object.keys(register.unmaskReason) as (keyof typeof register.unmaskReason)[];

/** The words of the register for what the API calls by a code. */
export function useWords() {
  const { t, i18n } = useTranslation('register');
  return {
    method: (method: string) =>
      method in register.methods ? t(`methods.${method as keyof typeof register.methods}`) : method,
    capacity: (capacity: string) =>
      capacity in register.capacity ? t(`capacity.${capacity as keyof typeof register.capacity}`) : capacity,
    language: (code: string) => {
      if (code === '') return '';
      return new Intl.DisplayNames([i18n.language], { type: 'language', fallback: 'code' }).of(code) ?? code;
    },
    scopes: (scopes: readonly Scope[]) => {
      if (scopes.length === 0) return t('scopes.none');
      const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
      return t('scopes.some', { names: list.format(scopes.map((scope) => t(`scopes.${scope}`))) });
    },
    of: (record: RegisterRecord) => t('line.of', { klantmanager: record.klantmanager || t('line.nobody') }),
  };
}
