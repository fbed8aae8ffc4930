using Npgsql;
using NpgsqlTypes;
using Seal.Cryptography.Vault;

namespace Seal.Service.Vault;

/// <summary>
/// Everything that must not lie open or must be erasable: words of persons, seal data and certificates of persons, keys.
/// Each row is encrypted under a key of its own, wrapped by the token's master key and bound to the row's name.
/// </summary>
public sealed class VaultStore(NpgsqlDataSource database, ISecretWrapper wrapper)
{
    /// <summary>Keeps a row; a row of the same key is replaced.</summary>
    /// <param name="key">The row's name.</param>
    /// <param name="kind">What it is, one lower-case word.</param>
    /// <param name="person">Whose it is, so that it can be erased with the person; <c>null</c> when nobody's.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PutAsync(string key, string kind, string? person, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "insert into vault.rows (key, kind, person, content) values ($1, $2, $3, $4) on conflict (key) do update set content = excluded.content, person = excluded.person");
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = kind });
        command.Parameters.Add(new() { Value = (object?)person ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = WrappedSecret.Seal(content.Span, System.Text.Encoding.UTF8.GetBytes(key), wrapper) });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What a row holds; <c>null</c> when there is none.</summary>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select content from vault.rows where key = $1");
        command.Parameters.Add(new() { Value = key });
        return await command.ExecuteScalarAsync(cancellation) is byte[] content
            ? WrappedSecret.Open(content, System.Text.Encoding.UTF8.GetBytes(key), wrapper)
            : null;
    }

    /// <summary>What a row holds that must be there.</summary>
    /// <exception cref="KeyNotFoundException">It is not: the vault has lost something that the ledger refers to.</exception>
    public async Task<byte[]> GetAsync(string key, CancellationToken cancellation) =>
        await FindAsync(key, cancellation) ?? throw new KeyNotFoundException($"The vault has no row '{key}'.");

    /// <summary>Erases a row.</summary>
    public async Task DeleteAsync(string key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from vault.rows where key = $1");
        command.Parameters.Add(new() { Value = key });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
