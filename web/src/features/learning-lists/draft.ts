import type { FormEntryKind, ListVersion, NewListVersion } from '../../api/types';

export type ListKind = 'moments' | 'codes' | 'form';

/** What a list may hold; the server decides, this only says it sooner. */
export const limits = {
  entries: { moments: 9, codes: 30, form: 30 },
  label: { moments: 60, codes: 60, form: 200 },
  title: 60,
  lead: 400,
} as const;

export interface DraftEntry {
  /** Of the screen alone: stays when the entry moves or is renamed. */
  key: string;
  /** Empty as long as it is new: then made of its name when it is published. */
  code: string;
  kind: FormEntryKind | undefined;
  nl: string;
  en: string;
}

/** A list as an administrator is changing it. In memory only. */
export interface ListDraft {
  /** The version it was made from. */
  basedOn: number;
  title: { nl: string; en: string };
  lead: { nl: string; en: string };
  current: boolean;
  entries: readonly DraftEntry[];
}

let turn = 0;
const nextKey = () => `e${++turn}`;

export function draftOf(version: ListVersion, basedOn = version.version): ListDraft {
  return {
    basedOn,
    title: { nl: version.title?.nl ?? '', en: version.title?.en ?? '' },
    lead: { nl: version.lead?.nl ?? '', en: version.lead?.en ?? '' },
    current: version.current,
    entries: version.entries.map(({ code, kind, label }) => ({
      key: nextKey(),
      code,
      kind,
      nl: label.nl,
      en: label.en ?? '',
    })),
  };
}

export const emptyForm = (): ListDraft => ({
  basedOn: 0,
  title: { nl: '', en: '' },
  lead: { nl: '', en: '' },
  current: true,
  entries: [newEntry('form')],
});

export const newEntry = (kind: ListKind): DraftEntry => ({
  key: nextKey(),
  code: '',
  kind: kind === 'form' ? 'question' : undefined,
  nl: '',
  en: '',
});

export function moved(entries: readonly DraftEntry[], from: number, by: -1 | 1): readonly DraftEntry[] {
  const to = from + by;
  const [entry, other] = [entries[from], entries[to]];
  if (!entry || !other) return entries;
  return entries.map((old, i) => (i === from ? other : i === to ? entry : old));
}

/** A name as a code: "Één keer!" is "een-keer"; never one that is taken. */
export function codeOf(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 34);
  const base = plain.replace(/-+$/, '') || 'item';
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(code)) return code;
  }
}

const labelOf = ({ nl, en }: { nl: string; en: string }) => {
  const [dutch, english] = [nl.trim(), en.trim()];
  return english === '' ? { nl: dutch } : { nl: dutch, en: english };
};

/** What is published. A new entry gets a code that no version of the list ever had. */
export function bodyOf(draft: ListDraft, kind: ListKind, known: ReadonlySet<string>): NewListVersion {
  const taken = new Set([...known, ...draft.entries.map(({ code }) => code)]);
  const entries = draft.entries.map((entry) => {
    const code = entry.code || codeOf(entry.nl, taken);
    taken.add(code);
    return { code, label: labelOf(entry), ...(entry.kind && { kind: entry.kind }) };
  });
  if (kind !== 'form') return { current: true, entries };
  const hasLead = draft.lead.nl.trim() !== '' || draft.lead.en.trim() !== '';
  return {
    title: labelOf(draft.title),
    ...(hasLead && { lead: labelOf(draft.lead) }),
    current: draft.current,
    entries,
  };
}

const contentOf = ({ title, lead, current, entries }: ListDraft) =>
  JSON.stringify([title, lead, current, entries.map(({ code, kind, nl, en }) => [code, kind, nl, en])]);

export const sameContent = (one: ListDraft, other: ListDraft) => contentOf(one) === contentOf(other);

type FieldFault = 'required' | 'too_long' | 'same';

/** What is wrong with a draft, by field of the API's body. */
export function checkDraft(draft: ListDraft, kind: ListKind): Readonly<Record<string, FieldFault>> {
  const faults: Record<string, FieldFault> = {};
  const line = (field: string, text: string, limit: number, needed: boolean) => {
    const length = [...text.trim()].length;
    if (needed && length === 0) faults[field] = 'required';
    if (length > limit) faults[field] = 'too_long';
  };
  if (kind === 'form') {
    line('title.nl', draft.title.nl, limits.title, true);
    line('title.en', draft.title.en, limits.title, false);
    line('lead.nl', draft.lead.nl, limits.lead, draft.lead.en.trim() !== '');
    line('lead.en', draft.lead.en, limits.lead, false);
  }
  const names = new Set<string>();
  draft.entries.forEach(({ nl, en }, i) => {
    const field = `entries[${i}].label`;
    const name = nl.trim().toLowerCase();
    if (names.has(name)) faults[`${field}.nl`] = 'same';
    if (name !== '') names.add(name);
    line(`${field}.nl`, nl, limits.label[kind], true);
    line(`${field}.en`, en, limits.label[kind], false);
  });
  return faults;
}
