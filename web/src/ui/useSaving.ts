import { useCallback, useState } from 'react';

/** One change at a time: whether it is under way, and what went wrong with the last one. */
export function useSaving() {
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = useCallback(async (change: () => Promise<unknown>, onSaved: () => void) => {
    setSaving(true);
    try {
      await change();
      setError(null);
      onSaved();
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  }, []);
  return { saving, error, save };
}
