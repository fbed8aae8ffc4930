using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Seal.Cryptography.Vault;

namespace Seal.Service.Vault;

/// <summary>
/// Everything that must not lie open or must be erasable: what is known of persons and what they wrote, seal data and
/// certificates, keys. A row that is a person's is encrypted under that person's key; any other under a key of its own,
/// wrapped by the present master key and bound to the row's name.
/// </summary>
public sealed class VaultStore(NpgsqlDataSource database, MasterKeyRing keys)
{
    /// <summary>The kind of rows that hold holders' keys.</summary>
    public const string HolderKey = "holder-key";

    /// <summary>The id of the present master key, in SQL.</summary>
    internal const string PresentId = "(select id from vault.master_keys order by number desc limit 1)";

    /// <summary>The keys of persons.</summary>
    public PersonKeys Persons { get; } = new(database, keys);

    /// <summary>Keeps a row; a row of the same key is replaced. Nothing is kept of a person whose key was destroyed.</summary>
    /// <param name="key">The row's name.</param>
    /// <param name="kind">What it is, in lower case.</param>
    /// <param name="person">Whose it is, so that it is erased with the person; <c>null</c> when nobody's.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PutAsync(string key, string kind, string? person, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (person is null)
        {
            await PutAsync(key, kind, _ => content.ToArray(), cancellation);
        }
        else if (await SealAsync(key, person, content, cancellation) is { } box)
        {
            await WriteAsync(key, kind, person, box, null, cancellation);
        }
    }

    /// <summary>Keeps a row that is nobody's and whose content has something under the master key inside.</summary>
    /// <param name="key">The row's name.</param>
    /// <param name="kind">What it is, in lower case.</param>
    /// <param name="make">Makes the content with the master key that the row is kept under; asked again if there is a newer one by then. The content is wiped.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PutAsync(string key, string kind, Func<ISecretWrapper, byte[]> make, CancellationToken cancellation)
    {
        while (true)
        {
            var present = keys.Present;
            if (await WriteAsync(key, kind, null, Seal(key, make, present), present, cancellation))
            {
                return;
            }

            await keys.RefreshAsync(cancellation);
        }
    }

    /// <summary>Puts other content in the place of what a row holds, unless it holds something else by now, or is gone.</summary>
    /// <param name="key">The row's name.</param>
    /// <param name="held">What it held, as it was read.</param>
    /// <param name="make">Makes the new content with the master key that the row is kept under; it is wiped.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ReplaceAsync(string key, SealedRow held, Func<ISecretWrapper, byte[]> make, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        var present = keys.Present;
        await using var command = database.CreateCommand($"update vault.rows set content = $2, master_key = $3 where key = $1 and content = $4 and $3 = {PresentId}");
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = Seal(key, make, present) });
        command.Parameters.Add(new() { Value = present.Id.Value });
        command.Parameters.Add(new() { Value = held.Box });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What a row holds; <c>null</c> when there is none, or its person was erased.</summary>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellation) => (await ReadAsync(key, cancellation))?.Content;

    /// <summary>What a row holds, and how it lies in the database; <c>null</c> when there is none, or its person was erased.</summary>
    public async Task<SealedRow?> ReadAsync(string key, CancellationToken cancellation)
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

        return await OpenAsync(key, row.Person, row.Content, cancellation) is { } content ? new SealedRow(content, row.Content) : null;
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

    /// <summary>What the content of a row is bound to.</summary>
    internal static byte[] Purpose(string key) => Encoding.UTF8.GetBytes(key);

    private static byte[] Seal(string key, Func<ISecretWrapper, byte[]> make, PresentKey present)
    {
        var content = make(present.Wrapper);
        try
        {
            return WrappedSecret.Seal(content, Purpose(key), present.Wrapper);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    // Nothing is kept under a master key that is not the present one any more, whatever this process has heard of.
    private async Task<bool> WriteAsync(string key, string kind, string? person, byte[] box, PresentKey? under, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into vault.rows (key, kind, person, content, master_key) select $1, $2, $3, $4, $5 where $5 is null or $5 = {PresentId}
            on conflict (key) do update set content = excluded.content, person = excluded.person, master_key = excluded.master_key
            """);
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = kind });
        command.Parameters.Add(new() { Value = (object?)person ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = box });
        command.Parameters.Add(new() { Value = (object?)under?.Id.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
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
            : WrappedSecret.Open(content, Purpose(key), keys);
}

/// <summary>What a row holds.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Box">The same as it lies in the database.</param>
public sealed record SealedRow(byte[] Content, byte[] Box);

/// <summary>One row that is a person's.</summary>
/// <param name="Key">The row's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Content">What it holds.</param>
/// <param name="KeptAt">Since when it is kept (UTC).</param>
public sealed record PersonRow(string Key, string Kind, ReadOnlyMemory<byte> Content, DateTimeOffset KeptAt);
