using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Seal.Cryptography.Vault;

namespace Seal.Service.Vault;

/// <summary>
/// Everything that must not lie open or must be erasable: what is known of persons and what they wrote, seal data and
/// certificates, keys. A row that is a person's is encrypted under that person's key; any other under a key of its own,
/// wrapped by the token's master key and bound to the row's name.
/// </summary>
public sealed class VaultStore(NpgsqlDataSource database, ISecretWrapper wrapper)
{
    /// <summary>The keys of persons.</summary>
    public PersonKeys Persons { get; } = new(database, wrapper);

    /// <summary>Keeps a row; a row of the same key is replaced. Nothing is kept of a person whose key was destroyed.</summary>
    /// <param name="key">The row's name.</param>
    /// <param name="kind">What it is, in lower case.</param>
    /// <param name="person">Whose it is, so that it is erased with the person; <c>null</c> when nobody's.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PutAsync(string key, string kind, string? person, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var box = person is null
            ? WrappedSecret.Seal(content.Span, Encoding.UTF8.GetBytes(key), wrapper)
            : await SealAsync(key, person, content, cancellation);
        if (box is null)
        {
            return;
        }

        await using var command = database.CreateCommand(
            "insert into vault.rows (key, kind, person, content) values ($1, $2, $3, $4) on conflict (key) do update set content = excluded.content, person = excluded.person");
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = kind });
        command.Parameters.Add(new() { Value = (object?)person ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = box });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What a row holds; <c>null</c> when there is none, or its person was erased.</summary>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellation)
    {
        (string? Person, byte[] Content) row;
        await using (var command = database.CreateCommand("select person, content from vault.rows where key = $1"))
        {
            command.Parameters.Add(new() { Value = key });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (!await reader.ReadAsync(cancellation))
            {
                return null;
            }

            row = (await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetString(0), await reader.GetFieldValueAsync<byte[]>(1, cancellation));
        }

        return await OpenAsync(key, row.Person, row.Content, cancellation);
    }

    /// <summary>What a row holds that must be there.</summary>
    /// <exception cref="KeyNotFoundException">It is not: the vault has lost something that the ledger refers to.</exception>
    public async Task<byte[]> GetAsync(string key, CancellationToken cancellation) =>
        await FindAsync(key, cancellation) ?? throw new KeyNotFoundException($"The vault has no row '{key}'.");

    /// <summary>Everything that is a person's, in the order it was kept.</summary>
    public async IAsyncEnumerable<PersonRow> OfPersonAsync(string person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<(string Key, string Kind, byte[] Content, DateTime KeptAt)> rows = [];
        await using (var command = database.CreateCommand("select key, kind, content, created_at from vault.rows where person = $1 order by created_at, key"))
        {
            command.Parameters.Add(new() { Value = person });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add((reader.GetString(0), reader.GetString(1), await reader.GetFieldValueAsync<byte[]>(2, cancellation), reader.GetDateTime(3)));
            }
        }

        foreach (var row in rows)
        {
            if (await OpenAsync(row.Key, person, row.Content, cancellation) is { } content)
            {
                yield return new PersonRow(row.Key, row.Kind, content, row.KeptAt);
            }
        }
    }

    /// <summary>Erases a row.</summary>
    public async Task DeleteAsync(string key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from vault.rows where key = $1");
        command.Parameters.Add(new() { Value = key });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<byte[]?> SealAsync(string key, string person, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (await Persons.SealAsync(person, key, content, cancellation) is { } box)
        {
            return box;
        }

        await Persons.CreateAsync(person, cancellation);
        return await Persons.SealAsync(person, key, content, cancellation);
    }

    // Rows kept before persons had keys are under keys of their own, whosever they are.
    private async Task<byte[]?> OpenAsync(string key, string? person, byte[] content, CancellationToken cancellation) =>
        person is not null && PersonKeys.IsUnderPersonKey(content)
            ? await Persons.OpenAsync(person, key, content, cancellation)
            : WrappedSecret.Open(content, Encoding.UTF8.GetBytes(key), wrapper);
}

/// <summary>One row that is a person's.</summary>
/// <param name="Key">The row's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Content">What it holds.</param>
/// <param name="KeptAt">Since when it is kept (UTC).</param>
public sealed record PersonRow(string Key, string Kind, ReadOnlyMemory<byte> Content, DateTimeOffset KeptAt);
