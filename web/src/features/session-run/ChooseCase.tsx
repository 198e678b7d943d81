import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { DialogButtons } from '../../ui/DialogButtons';
import type { Session } from './types';
import type { Leading } from './useLeading';

interface ChooseCaseProps {
  session: Session;
  leading: Leading;
  onClose: () => void;
}

/** The case that the group chose, of the fragments that are still there. */
export function ChooseCase({ session, leading, onClose }: ChooseCaseProps) {
  const { t } = useTranslation('sessionRun');
  const [chosen, setChosen] = useState<number | undefined>(session.chosen);
  const [missing, setMissing] = useState(false);
  const choose = () => {
    setMissing(chosen === undefined);
    if (chosen === undefined || leading.saving) return;
    leading.goTo(session.step + 1, chosen);
    onClose();
  };
  return (
    <Dialog title={t('chooseCase.title')} onClose={onClose}>
      <fieldset className="vs-fieldset">
        <legend className="vs-visually-hidden">{t('chooseCase.title')}</legend>
        {missing && (
          <p className="utrecht-form-field-error-message" role="alert">
            {t('chooseCase.missing')}
          </p>
        )}
        {session.fragments
          .filter(({ state }) => state !== 'closed')
          .map(({ n, ownerName }) => (
            <label key={n} className="vs-check">
              <input type="radio" name="case" checked={chosen === n} onChange={() => setChosen(n)} />
              {t('chooseCase.case', { n, name: ownerName })}
            </label>
          ))}
      </fieldset>
      <DialogButtons yes={t('chooseCase.go')} onYes={choose} onClose={onClose} />
    </Dialog>
  );
}
