// @ts-check

/**
 * What was observed of applications, and when somebody observed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('observations', table => {
    table.comment('What happened to applications, as Argo CD told it');
    table
      .string('application', 800)
      .notNullable()
      .comment('Instance, namespace and name, with slashes between them');
    table
      .string('fact', 160)
      .notNullable()
      .comment("Made of Argo CD's ids and times; the same for all replicas");
    table.string('kind', 16).notNullable().comment('sync, health or life');
    table
      .string('outcome', 16)
      .notNullable()
      .comment('For example failed, Degraded or removed');
    table
      .timestamp('at', { useTz: true })
      .notNullable()
      .comment("When it happened, by Argo CD's clock");
    table
      .timestamp('observed_at', { useTz: true })
      .notNullable()
      .comment('When the replica that wrote it had seen it');
    table.text('message').comment("Argo CD's words, without anything secret");
    table
      .text('details')
      .notNullable()
      .comment('JSON: what else there is to say of this kind');
    table.primary(['application', 'fact']);
    // A page of the history of one application, or of several.
    table.index(['application', 'at', 'fact'], 'observations_history_idx');
    // What is older than the retention.
    table.index(['at'], 'observations_at_idx');
  });

  await knex.schema.createTable('observed_intervals', table => {
    table.comment(
      'When a replica followed an Argo CD instance without a break; gaps are what no interval covers',
    );
    table.string('id', 36).primary().comment('UUID, chosen by the replica');
    table
      .string('instance', 255)
      .notNullable()
      .comment('Name of the Argo CD instance');
    table
      .timestamp('since', { useTz: true })
      .notNullable()
      .comment('From when on everything was observed');
    table
      .timestamp('until', { useTz: true })
      .notNullable()
      .comment('Until when everything that was observed is written');
    table
      .string('reason', 16)
      .notNullable()
      .comment('Why this replica had not observed before');
    table.index(['instance', 'until'], 'observed_intervals_instance_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('observed_intervals');
  await knex.schema.dropTable('observations');
};
