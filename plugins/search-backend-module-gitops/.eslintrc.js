const house = require('../../eslint.house');

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  ...house,
  rules: {
    ...house.rules,
    // The tests run it beside the backend that it asks.
    '@backstage/no-mixed-plugin-imports': [
      'error',
      { excludedFiles: ['**/__testUtils__/**'] },
    ],
  },
});
