// What the pages are held to beyond their types. Layout is prettier's alone.
import prettier from 'eslint-config-prettier/flat'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

export default defineConfig(
  { ignores: ['dist/', 'wailsjs/', 'public/', 'test-results/', 'src/api/schema.ts', 'src/lists/generated.ts', 'eslint.config.js'] },
  ts.configs.recommendedTypeChecked,
  vue.configs['flat/recommended'],
  accessibility.configs['flat/recommended'],
  prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { parser: ts.parser, projectService: true, extraFileExtensions: ['.vue'] },
    },
    rules: {
      // What is imported from a .vue file has no type here; vue-tsc checks it.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // A type parameter may be narrower than its bound.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // t and te of vue-i18n are written as methods, and are not.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A prop that may be left out says so in its type.
      'vue/require-default-prop': 'off',
      // Filters are handed down as computed refs that write to the address.
      'vue/no-mutating-props': ['error', { shallowOnly: true }],
      // A label holds its control or names it.
      'vuejs-accessibility/label-has-for': ['error', { controlComponents: ['NInput', 'NInputNumber', 'NSelect'], required: { some: ['nesting', 'id'] } }],
      // Keys are heard by the list around a row (aria-activedescendant) and by
      // the form around its fields; axe looks at the finished pages.
      'vuejs-accessibility/click-events-have-key-events': 'off',
      'vuejs-accessibility/interactive-supports-focus': 'off',
      'vuejs-accessibility/no-static-element-interactions': 'off',
    },
  },
  {
    // What fails on a page is asked by useAnswer, attempted by useAttempt or listed
    // by useList, which know the problem and who shows it. The two files besides
    // show none: they decide by it whether one has to sign in, and what is kept.
    files: ['src/**'],
    ignores: ['src/api/**', 'src/composables/**', 'src/stores/session.ts', 'src/offline/send.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/api/problem'],
              importNames: ['asProblem'],
              message: 'Ask by useAnswer, attempt by useAttempt or useSaidAttempt (src/composables).',
            },
          ],
        },
      ],
    },
  },
  {
    // A stub answers like what it stands for, without having to wait.
    files: ['tests/**', 'e2e/**'],
    rules: {
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
)
