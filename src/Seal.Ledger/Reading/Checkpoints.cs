using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>Signs the head and keeps what was signed. Never signs what does not continue the last checkpoint.</summary>
internal sealed class Checkpoints(Database database, LedgerOptions options, Prover prover) : IDisposable
{
    private const string HeadAndLast = """
        select h.size, h.root, c.size, c.root, c.note from ledger.head h
        left join lateral (select size, root, note from ledger.checkpoints order by size desc limit 1) c on true
        """;

    private const string Keep =
        "insert into ledger.checkpoints (size, root, note, signed_at) values ($1, $2, $3, $4) on conflict (size) do nothing";

    private readonly SemaphoreSlim _one = new(1);
    private SignedCheckpoint? _newest;

    /// <summary>A checkpoint that covers at least so many events: the one at hand if it does, otherwise of the newest head.</summary>
    public async Task<SignedCheckpoint> CoveringAsync(long size, CancellationToken ct)
    {
        var known = Volatile.Read(ref _newest);
        if (known?.Head.Size >= size)
        {
            return known;
        }

        // Many callers wait for the same signature.
        await _one.WaitAsync(ct);
        try
        {
            return _newest?.Head.Size >= size ? _newest : await SignAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The checkpoint of the newest head.</summary>
    public async Task<SignedCheckpoint> NewestAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            return await SignAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    public void RequireSigner()
    {
        if (options.Signers.Count == 0)
        {
            throw new LedgerConfigurationException("The ledger has no checkpoint signer: give it one in LedgerOptions.Signers.");
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<SignedCheckpoint> SignAsync(CancellationToken ct)
    {
        RequireSigner();
        (var head, var last) = await database.ReadAsync(connection => LoadAsync(connection, ct), ct);
        if (last is not null)
        {
            await RequireContinuationAsync(last.Head, head, ct);
            if (last.Head.Size == head.Size)
            {
                return _newest = last;
            }
        }

        // What this process has signed binds it even where the row of it was taken away.
        if (_newest is { } own && own.Head != last?.Head)
        {
            await RequireContinuationAsync(own.Head, head, ct);
        }

        var signed = new SignedCheckpoint(head, SignedNote.Sign(head.ToCheckpointText(options.Origin), options.Signers).ToString());
        await database.ReadAsync(
            async connection =>
            {
                await using var command = Sql.Command(
                    Keep, connection, Sql.Long(head.Size), Sql.Bytes(head.Root.ToArray()), Sql.Text(signed.Note), Sql.Time(options.Clock.GetUtcNow()));
                return await command.ExecuteScalarAsync(ct);
            },
            ct);
        return _newest = signed;
    }

    private async Task RequireContinuationAsync(TreeHead older, TreeHead newer, CancellationToken ct)
    {
        var continues = older.Size <= newer.Size
            && (await prover.ConsistencyAsync(older.Size, newer.Size, ct)).Proves(older, newer);
        if (!continues)
        {
            throw new LedgerCorruptException(
                $"The log of {newer.Size} events does not continue the checkpoint signed at {older.Size}; it is not signed.");
        }
    }

    private static async Task<(TreeHead Head, SignedCheckpoint? Last)> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Sql.Command(HeadAndLast, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            throw new LedgerCorruptException("The ledger has no head row.");
        }

        var head = new TreeHead(reader.GetInt64(0), reader.Bytes(1));
        return (head, await reader.IsDBNullAsync(2, ct)
            ? null
            : new SignedCheckpoint(new TreeHead(reader.GetInt64(2), reader.Bytes(3)), reader.GetString(4)));
    }
}
