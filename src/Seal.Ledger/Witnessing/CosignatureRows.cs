using System.Text;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Witnessing;

/// <summary>The cosignatures that the log has gathered.</summary>
internal sealed class CosignatureRows(Database database)
{
    private const string Insert = "insert into ledger.cosignatures (size, witness, key_id, signature) values ($1, $2, $3, $4) on conflict do nothing";

    private const string Last = "select size, signature from ledger.cosignatures where witness = $1 and key_id = $2 order by size desc limit 1";

    private const string Witnessed = """
        with trusted as (select * from unnest($1::text[], $2::bigint[]) as t(witness, key_id)),
        newest as (
            select s.size from ledger.cosignatures s join trusted using (witness, key_id)
            where s.size <= $4 group by s.size having count(*) >= $3 order by s.size desc limit 1)
        select c.size, c.root, c.note, s.witness, s.key_id, s.signature
        from newest join ledger.checkpoints c using (size) join ledger.cosignatures s using (size) join trusted using (witness, key_id)
        order by s.witness, s.key_id
        """;

    private const string Newest = """
        select c.size, c.note, s.witness, s.key_id, s.signature
        from (select distinct size from ledger.cosignatures order by size desc limit $1) n
        join ledger.checkpoints c using (size) join ledger.cosignatures s using (size)
        order by c.size desc
        """;

    /// <summary>The newest checkpoints that anybody cosigned, with all their lines.</summary>
    public static async Task<IReadOnlyList<string>> NewestAsync(NpgsqlConnection connection, int most, CancellationToken ct)
    {
        await using var command = Sql.Command(Newest, connection, Sql.Long(most));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var notes = new Dictionary<long, StringBuilder>();
        while (await reader.ReadAsync(ct))
        {
            if (!notes.TryGetValue(reader.GetInt64(0), out var note))
            {
                notes.Add(reader.GetInt64(0), note = new StringBuilder(reader.GetString(1)));
            }

            var line = new NoteSignature(reader.GetString(2), (uint)reader.GetInt64(3), reader.Bytes(4));
            note.Append(new SignedNote("", [line]).SignatureLines());
        }

        return [.. notes.OrderByDescending(note => note.Key).Select(note => note.Value.ToString())];
    }

    /// <summary>Keeps a cosignature that was verified.</summary>
    public Task KeepAsync(NoteSignature line, long size, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(
                Insert, connection, Sql.Long(size), Sql.Text(line.Name), Sql.Long(line.KeyId), Sql.Bytes(line.Signature.ToArray()));
            return await command.ExecuteNonQueryAsync(ct);
        },
        ct);

    /// <summary>The newest cosignature of a witness; null if there is none.</summary>
    public Task<Cosignature?> LastAsync(INoteVerifier witness, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(Last, connection, Sql.Text(witness.Name), Sql.Long(witness.KeyId));
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct)
                && Cosignature.TryRead(new NoteSignature(witness.Name, witness.KeyId, reader.Bytes(1)), reader.GetInt64(0), out var last)
                    ? last
                    : null;
        },
        ct);

    /// <summary>The newest checkpoint that enough of some witnesses cosigned, with the lines of all of them that did.</summary>
    /// <param name="witnesses">Whose cosignatures count.</param>
    /// <param name="needed">How many.</param>
    /// <param name="largest">Only of this size or smaller.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The checkpoint; null if there is none.</returns>
    public Task<WitnessedCheckpoint?> WitnessedAsync(IReadOnlyCollection<INoteVerifier> witnesses, int needed, long largest, CancellationToken ct) =>
        database.ReadAsync(connection => WitnessedAsync(connection, witnesses, needed, largest, ct), ct);

    private static async Task<WitnessedCheckpoint?> WitnessedAsync(
        NpgsqlConnection connection, IReadOnlyCollection<INoteVerifier> witnesses, int needed, long largest, CancellationToken ct)
    {
        await using var command = Sql.Command(
            Witnessed, connection, Sql.Texts(witnesses.Select(one => one.Name)), Sql.Longs(witnesses.Select(one => (long)one.KeyId)), Sql.Long(needed), Sql.Long(largest));
        await using var reader = await command.ExecuteReaderAsync(ct);
        TreeHead? head = null;
        var note = "";
        var lines = new List<NoteSignature>();
        var said = new List<Cosignature>();
        while (await reader.ReadAsync(ct))
        {
            head = new TreeHead(reader.GetInt64(0), reader.Bytes(1));
            note = reader.GetString(2);
            var line = new NoteSignature(reader.GetString(3), (uint)reader.GetInt64(4), reader.Bytes(5));
            if (Cosignature.TryRead(line, head.Size, out var cosignature))
            {
                lines.Add(line);
                said.Add(cosignature);
            }
        }

        return head is null || said.Count < needed
            ? null
            : new WitnessedCheckpoint(new SignedCheckpoint(head, note + new SignedNote("", lines).SignatureLines()), said);
    }
}
