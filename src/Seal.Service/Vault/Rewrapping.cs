using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Seal.Cryptography.Vault;
using Seal.Domain.MasterKeys;

namespace Seal.Service.Vault;

/// <summary>
/// Puts what is under former master keys under the present one, a few rows at a time, each few in one transaction: what is done
/// stays done however the process ends. The rows are locked meanwhile, so nothing that is erased comes back and nothing newer is
/// overwritten; readers see the old row or the new one, and both open.
/// </summary>
public sealed class Rewrapping(NpgsqlDataSource database, MasterKeyRing keys)
{
    /// <summary>Rows in one transaction.</summary>
    public const int AtOnce = 64;

    // The lease: it is the transaction's, so it ends with the process that had it. Any number, the same in all processes.
    private const long Lease = 0x5365616c57726170;
    private const string Former = "any(array(select id from vault.master_keys where id <> $1))";

    private readonly ConcurrentDictionary<string, bool> _unreadable = new(StringComparer.Ordinal);
    private long _done;

    /// <summary>Rows that this process has put under a newer key.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Rows that no key of the token opens: they are damaged, or belong to another token, and stay as they are.</summary>
    public int Unreadable => _unreadable.Count;

    /// <summary>Does a few rows.</summary>
    /// <returns>What came of it.</returns>
    public async Task<RewrapStep> StepAsync(CancellationToken cancellation)
    {
        await keys.RefreshAsync(cancellation);
        var present = keys.Present;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var lease = new NpgsqlCommand("select pg_try_advisory_xact_lock($1)", connection, transaction))
        {
            lease.Parameters.Add(new() { Value = Lease });
            if (await lease.ExecuteScalarAsync(cancellation) is not true)
            {
                return RewrapStep.Elsewhere;
            }
        }

        var updates = await PersonKeysAsync(connection, transaction, present, cancellation);
        if (updates.Count == 0)
        {
            updates = await RowsAsync(connection, transaction, present, cancellation);
        }

        if (updates.Count == 0)
        {
            return RewrapStep.NothingLeft;
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var update in updates)
        {
            batch.BatchCommands.Add(update);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        Interlocked.Add(ref _done, updates.Count);
        return RewrapStep.Some;
    }

    /// <summary>How the vault stands: its master keys, and how many rows are under former ones.</summary>
    public async Task<VaultStanding> StandingAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            with present as (select id from vault.master_keys order by number desc limit 1),
                 former as (select id from vault.master_keys where id <> (select id from present))
            select (select id from present), array(select id from former order by id),
                   (select count(*) from vault.rows where master_key = any(array(select id from former)))
                 + (select count(*) from vault.person_keys where master_key = any(array(select id from former)))
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new VaultStanding(reader.GetString(0), await reader.GetFieldValueAsync<string[]>(1, cancellation), reader.GetInt64(2));
    }

    private async Task<List<NpgsqlBatchCommand>> PersonKeysAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, PresentKey present, CancellationToken cancellation)
    {
        List<NpgsqlBatchCommand> updates = [];
        await using var command = Select($"select person, wrapped from vault.person_keys where master_key = {Former} and not person = any($2) limit {AtOnce} for update skip locked", connection, transaction, present);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var person = reader.GetString(0);
            var wrapped = await reader.IsDBNullAsync(1, cancellation) ? null : await reader.GetFieldValueAsync<byte[]>(1, cancellation);
            if (wrapped is null)
            {
                updates.Add(Update("vault.person_keys", "wrapped", "person", person, null, null));
            }
            else if (TryOpen(person, wrapped, PersonKeys.Purpose(person)) is { } key)
            {
                updates.Add(Update("vault.person_keys", "wrapped", "person", person, SealAgain(key, PersonKeys.Purpose(person), present), present.Id));
            }
        }

        return updates;
    }

    private async Task<List<NpgsqlBatchCommand>> RowsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, PresentKey present, CancellationToken cancellation)
    {
        List<NpgsqlBatchCommand> updates = [];
        await using var command = Select($"select key, kind, content from vault.rows where master_key = {Former} and not key = any($2) limit {AtOnce} for update skip locked", connection, transaction, present);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = reader.GetString(0);
            var content = await reader.GetFieldValueAsync<byte[]>(2, cancellation);
            if (PersonKeys.IsUnderPersonKey(content))
            {
                updates.Add(Update("vault.rows", "content", "key", row, content, null));
            }
            else if (TryOpen(row, content, VaultStore.Purpose(row), reader.GetString(1) == VaultStore.HolderKey ? present : null) is { } opened)
            {
                updates.Add(Update("vault.rows", "content", "key", row, SealAgain(opened, VaultStore.Purpose(row), present), present.Id));
            }
        }

        return updates;
    }

    // A holder's key has a share of its own under the master key, inside what the row holds.
    private byte[]? TryOpen(string name, byte[] box, byte[] purpose, PresentKey? holderKeyTo = null)
    {
        try
        {
            var content = WrappedSecret.Open(box, purpose, keys);
            if (holderKeyTo is null)
            {
                return content;
            }

            try
            {
                return PinSealedKey.Rewrap(content, keys, holderKeyTo.Wrapper);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        }
        catch (CryptographicException)
        {
            // It did not open before either; one such row must not keep all the others under the old key.
            _unreadable.TryAdd(name, true);
            return null;
        }
    }

    private static byte[] SealAgain(byte[] content, byte[] purpose, PresentKey present)
    {
        try
        {
            return WrappedSecret.Seal(content, purpose, present.Wrapper);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private NpgsqlCommand Select(string text, NpgsqlConnection connection, NpgsqlTransaction transaction, PresentKey present)
    {
#pragma warning disable CA2100 // The text is our own.
        var command = new NpgsqlCommand(text, connection, transaction);
#pragma warning restore CA2100
        command.Parameters.Add(new() { Value = present.Id.Value });
        command.Parameters.Add(new() { Value = _unreadable.Keys.ToArray() });
        return command;
    }

    private static NpgsqlBatchCommand Update(string table, string column, string key, string row, byte[]? content, MasterKeyId? under) =>
        new($"update {table} set {column} = $2, master_key = $3 where {key} = $1")
        {
            Parameters =
            {
                new() { Value = row },
                new() { Value = (object?)content ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
                new() { Value = (object?)under?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
}

/// <summary>What came of trying to do a few rows.</summary>
public enum RewrapStep
{
    /// <summary>Some were done; there may be more.</summary>
    Some,

    /// <summary>Another process is at it right now.</summary>
    Elsewhere,

    /// <summary>Everything that opens is under the present key.</summary>
    NothingLeft,
}

/// <summary>How the vault stands with its master keys.</summary>
/// <param name="MasterKey">The id of the one that wraps.</param>
/// <param name="Older">Those before it that are not retired.</param>
/// <param name="RowsLeft">How many rows are still under those.</param>
public sealed record VaultStanding(string MasterKey, IReadOnlyList<string> Older, long RowsLeft);
