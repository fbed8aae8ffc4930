using System.Collections.Concurrent;
using Npgsql;
using Seal.Cryptography.Vault;
using Seal.Domain.MasterKeys;
using Seal.Service.Keys;
using Seal.Service.Start;
using Seal.Tokens;

namespace Seal.Service.Vault;

/// <summary>
/// The vault's master keys, none of which ever leaves the token. Which one is the present one, <c>vault.master_keys</c> says: a
/// process knows it as of its last look, and <see cref="VaultStore"/> keeps nothing under one that is not the present one any more.
/// What was wrapped says by which key, so that all of them that are still there open what is theirs.
/// </summary>
public sealed class MasterKeyRing : ISecretWrapper
{
    // Any number, the same in all processes: no two make the first key of one vault.
    private const long AdvisoryLock = 0x5365616c46697273;
    private const string FirstLabel = "seal-master";

    private readonly NpgsqlDataSource _database;
    private readonly ServiceToken _token;
    private readonly ConcurrentDictionary<string, TokenSecretWrapper> _keys = new(StringComparer.Ordinal);
    private volatile PresentKey _present;

    private MasterKeyRing(NpgsqlDataSource database, ServiceToken token)
    {
        _database = database;
        _token = token;
        _present = new PresentKey(MasterKeyId.First, Find(MasterKeyId.First)!);
    }

    /// <summary>The key that wraps, as of the last look.</summary>
    public PresentKey Present => _present;

    /// <summary>Opens the ring; for a vault that holds nothing yet the first key is made.</summary>
    /// <exception cref="StartupException">The token does not have the present master key.</exception>
    public static async Task<MasterKeyRing> OpenAsync(NpgsqlDataSource database, ServiceToken token, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(token);
        var ring = new MasterKeyRing(database, token);
        await ring.RefreshAsync(cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction))
        {
            turn.Parameters.Add(new() { Value = AdvisoryLock });
            await turn.ExecuteNonQueryAsync(cancellation);
        }

        await using var command = new NpgsqlCommand("select not exists (select from vault.rows) and not exists (select from vault.person_keys)", connection, transaction);
        if (ring.Present.Id == MasterKeyId.First && await command.ExecuteScalarAsync(cancellation) is true)
        {
            ring.Present.Wrapper.Make();
        }

        await transaction.CommitAsync(cancellation);
        return ring.Present.Wrapper.IsThere()
            ? ring
            : throw new StartupException($"The token does not have the master key '{ring.Present.Id}' that the vault is under: it is not the token that belongs to this database. Check Seal:Token, or restore the token's folder with it.");
    }

    /// <inheritdoc/>
    public byte[] Wrap(ReadOnlySpan<byte> secret) => _present.Wrapper.Wrap(secret);

    /// <inheritdoc/>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped) => Find(IdOf(wrapped))!.Unwrap(wrapped);

    /// <summary>Which key something was wrapped by.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is nothing that a master key wrapped.</exception>
    public static MasterKeyId IdOf(ReadOnlySpan<byte> wrapped) =>
        TokenSecretWrapper.KeyIdOf(wrapped) is { IsEmpty: false } id ? new MasterKeyId(Convert.ToHexStringLower(id)) : MasterKeyId.First;

    /// <summary>A master key by its id, which the token may have or not; <c>null</c> when it is no id of one.</summary>
    public TokenSecretWrapper? Find(MasterKeyId key)
    {
        if (key == MasterKeyId.First)
        {
            return _keys.GetOrAdd(key.Value, _ => _token.MasterKey(FirstLabel, []));
        }

        return key.Value.Length == 2 * TokenSecretWrapper.KeyIdSize && key.Value.All(char.IsAsciiHexDigitLower)
            ? _keys.GetOrAdd(key.Value, id => _token.MasterKey($"{FirstLabel}-{id}", Convert.FromHexString(id)))
            : null;
    }

    /// <summary>Looks which key is the present one.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand("select id from vault.master_keys order by number desc limit 1");
        var id = new MasterKeyId((string)(await command.ExecuteScalarAsync(cancellation))!);
        if (id != _present.Id)
        {
            _present = new PresentKey(id, Find(id) ?? throw new InvalidOperationException($"'{id}' in vault.master_keys is no id of a master key."));
        }
    }
}

/// <summary>A master key that wraps.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Wrapper">The key in the token.</param>
public sealed record PresentKey(MasterKeyId Id, TokenSecretWrapper Wrapper);
