/** How many characters a finding's fact has at least. The console says so (features/visit/sheet.go), and a test there holds the two equal. */
export const LEAST_FACT = 2
