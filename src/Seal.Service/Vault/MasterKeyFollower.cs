using Npgsql;
using Seal.Domain.Deciding;
using Seal.Domain.MasterKeys;
using Seal.Ledger;

namespace Seal.Service.Vault;

/// <summary>
/// Does to the vault and the token what the ledger says of master keys: a key that was rotated to becomes the present one, a destroyed
/// one goes. The ledger is the list of what is to be done, so a sudden end in between only delays it, and a restored vault catches up.
/// </summary>
public sealed class MasterKeyFollower(EventLedger ledger, NpgsqlDataSource database, MasterKeyRing keys) : IDisposable
{
    private static readonly string[] Types = [EventCatalog.WireNameOf(typeof(MasterKeyRotated)), EventCatalog.WireNameOf(typeof(MasterKeyDestroyed))];

    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<MasterKeyId> _toDestroy = [];
    private long _position;

    /// <summary>Takes what is new in the ledger.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var size = await ledger.SizeAsync(cancellation);
            if (size > _position)
            {
                await foreach (var recorded in ledger.ReadAllAsync(_position, Types, cancellation))
                {
                    var key = MasterKeyId.From(StreamId.Parse(recorded.Stream).Key);
                    if (recorded.Type == Types[0])
                    {
                        await TakeInAsync(key, recorded.Position, cancellation);
                    }
                    else
                    {
                        _toDestroy.Add(key);
                    }
                }

                _position = size;
            }

            await DestroyAsync(cancellation);
            await keys.RefreshAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets nothing come under a key any more; the present one and one that something is under are left alone.</summary>
    /// <returns>The number it had, to take it in again; <c>null</c> when it was left alone.</returns>
    public async Task<long?> RetireAsync(MasterKeyId key, CancellationToken cancellation)
    {
        try
        {
            // The references would wait for whoever has a row under it locked; this does not.
            await using var command = database.CreateCommand(
                $"""
                delete from vault.master_keys where id = $1 and id <> {VaultStore.PresentId}
                    and not exists (select from vault.rows where master_key = $1) and not exists (select from vault.person_keys where master_key = $1)
                returning number
                """);
            command.Parameters.Add(new() { Value = key.Value });
            return await command.ExecuteScalarAsync(cancellation) as long?;
        }
        catch (PostgresException referenced) when (referenced.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return null;
        }
    }

    /// <summary>Makes a key one that things can be under; the one with the highest number is the present one.</summary>
    public async Task TakeInAsync(MasterKeyId key, long number, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("insert into vault.master_keys (id, number) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = key.Value });
        command.Parameters.Add(new() { Value = number });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Whether a key is one that things can be under.</summary>
    public async Task<bool> IsKnownAsync(MasterKeyId key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select exists (select from vault.master_keys where id = $1)");
        command.Parameters.Add(new() { Value = key.Value });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    // In a restored vault something may be under it again: that goes under the present key first, if it still can.
    private async Task DestroyAsync(CancellationToken cancellation)
    {
        foreach (var key in _toDestroy.ToArray())
        {
            await RetireAsync(key, cancellation);
            if (!await IsKnownAsync(key, cancellation))
            {
                keys.Find(key)?.Destroy();
                _toDestroy.Remove(key);
            }
        }
    }
}
