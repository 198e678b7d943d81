/** Two people and the mirror between them. */
export function Brand() {
  return (
    <svg className="vs-brand__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M16 3v26"
        strokeWidth="2"
        strokeDasharray="2 3.200"
        strokeLinecap="round"
        stroke="currentColor"
      />
      <circle cx="8.500" cy="11" r="3.500" fill="currentColor" />
      <path d="M2.500 25c0-4.500 2.700-7.500 6-7.500s5 3 5 7.500z" fill="currentColor" />
      <circle cx="23.500" cy="11" r="2.900" fill="none" stroke="currentColor" strokeWidth="1.400" />
      <path
        d="M29.500 24.400c0-4-2.700-6.900-6-6.900s-5 2.900-5 6.900z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.400"
      />
    </svg>
  );
}
