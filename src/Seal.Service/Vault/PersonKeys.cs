using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Seal.Cryptography.Vault;

namespace Seal.Service.Vault;

/// <summary>
/// A random AES-256 key for each person, wrapped by the token's master key: destroying it makes everything under it
/// unreadable wherever a copy of it lies, as long as no copy of the wrapped key does. Keys are unwrapped for each use and kept nowhere, so
/// that one destroyed by another process is gone for this one, too.
/// </summary>
public sealed class PersonKeys(NpgsqlDataSource database, MasterKeyRing keys)
{
    private const byte Version = 2;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Whether a row's content is under a person's key.</summary>
    public static bool IsUnderPersonKey(ReadOnlySpan<byte> content) => content.Length > 0 && content[0] == Version;

    /// <summary>Makes a person's key, if there is none and never was.</summary>
    public async Task CreateAsync(string person, CancellationToken cancellation)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        try
        {
            PresentKey present;
            do
            {
                present = keys.Present;
                await using var command = database.CreateCommand(
                    $"insert into vault.person_keys (person, wrapped, master_key) select $1, $2, $3 where $3 = {VaultStore.PresentId} on conflict do nothing");
                command.Parameters.Add(new() { Value = person });
                command.Parameters.Add(new() { Value = WrappedSecret.Seal(key, Purpose(person), present.Wrapper) });
                command.Parameters.Add(new() { Value = present.Id.Value });
                if (await command.ExecuteNonQueryAsync(cancellation) > 0)
                {
                    return;
                }

                // Either there is a key already, or this process has not heard of a newer master key.
                await keys.RefreshAsync(cancellation);
            }
            while (keys.Present.Id != present.Id);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>What there is of a person's key.</summary>
    public async Task<PersonKeyState> StateAsync(string person, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select wrapped is not null from vault.person_keys where person = $1");
        command.Parameters.Add(new() { Value = person });
        return await command.ExecuteScalarAsync(cancellation) switch
        {
            true => PersonKeyState.There,
            false => PersonKeyState.Destroyed,
            _ => PersonKeyState.None,
        };
    }

    /// <summary>Encrypts under a person's key: <c>02 ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM ciphertext</c>, bound to person and row.</summary>
    /// <returns><c>null</c> when the person has no key, or none any more.</returns>
    public async Task<byte[]?> SealAsync(string person, string row, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (await UnwrapAsync(person, cancellation) is not { } key)
        {
            return null;
        }

        try
        {
            var box = new byte[1 + NonceSize + TagSize + content.Length];
            box[0] = Version;
            RandomNumberGenerator.Fill(box.AsSpan(1, NonceSize));
            using var aes = new AesGcm(key, TagSize);
            aes.Encrypt(box.AsSpan(1, NonceSize), content.Span, box.AsSpan(1 + NonceSize + TagSize), box.AsSpan(1 + NonceSize, TagSize), Belonging(person, row));
            return box;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Decrypts what is under a person's key.</summary>
    /// <returns><c>null</c> when the key was destroyed.</returns>
    /// <exception cref="CryptographicException">The content was changed, or is another person's or row's.</exception>
    public async Task<byte[]?> OpenAsync(string person, string row, ReadOnlyMemory<byte> box, CancellationToken cancellation)
    {
        if (await UnwrapAsync(person, cancellation) is not { } key)
        {
            return null;
        }

        try
        {
            if (box.Length < 1 + NonceSize + TagSize)
            {
                throw new CryptographicException("What lies under a person's key is cut short.");
            }

            var content = new byte[box.Length - (1 + NonceSize + TagSize)];
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(
                box.Span.Slice(1, NonceSize), box.Span[(1 + NonceSize + TagSize)..], box.Span.Slice(1 + NonceSize, TagSize), content, Belonging(person, row));
            return content;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Takes back a key that was made for somebody who was then not registered.</summary>
    public async Task DropAsync(string person, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "delete from vault.person_keys where person = $1 and not exists (select from vault.rows where person = $1)");
        command.Parameters.Add(new() { Value = person });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Destroys a person's key and rows, all or nothing. No key is ever made for that number again.</summary>
    public async Task DestroyAsync(string person, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var text in (string[])
        [
            "insert into vault.person_keys (person, master_key, erased_at) values ($1, null, now()) on conflict (person) do update set wrapped = null, master_key = null, erased_at = coalesce(vault.person_keys.erased_at, now())",
            "delete from vault.rows where person = $1",
        ])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text) { Parameters = { new() { Value = person } } });
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<byte[]?> UnwrapAsync(string person, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select wrapped from vault.person_keys where person = $1");
        command.Parameters.Add(new() { Value = person });
        return await command.ExecuteScalarAsync(cancellation) is byte[] wrapped ? WrappedSecret.Open(wrapped, Purpose(person), keys) : null;
    }

    internal static byte[] Purpose(string person) => Encoding.UTF8.GetBytes($"person-key:{person}");

    private static byte[] Belonging(string person, string row) => Encoding.UTF8.GetBytes($"{person}\n{row}");
}

/// <summary>What there is of a person's key.</summary>
public enum PersonKeyState
{
    /// <summary>There never was one.</summary>
    None,

    /// <summary>It is there.</summary>
    There,

    /// <summary>It was destroyed: the person is erased.</summary>
    Destroyed,
}
