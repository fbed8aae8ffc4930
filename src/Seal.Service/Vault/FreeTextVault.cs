using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Service.Commands;

namespace Seal.Service.Vault;

/// <summary>Keeps the words behind the commitments in events.</summary>
public sealed class FreeTextVault(VaultStore vault)
{
    private const string Kind = "text";
    private readonly ConcurrentDictionary<Type, PropertyInfo[]> _texts = new();

    /// <summary>Keeps every text of a command, before the event that commits to it; goes again if the event does not come.</summary>
    public async Task KeepAsync<TCommand>(TCommand command, Work work, CancellationToken cancellation) where TCommand : ICommand
    {
        ArgumentNullException.ThrowIfNull(work);
        var properties = _texts.GetOrAdd(typeof(TCommand), type => [.. type.GetProperties().Where(property => property.PropertyType == typeof(FreeText))]);
        foreach (var text in properties.Select(property => property.GetValue(command)).OfType<FreeText>().Where(text => text.IsWellFormed))
        {
            var row = new Row(Convert.ToBase64String(text.Salt.Span), text.Words);
            var key = KeyOf(text.Commitment);
            work.OnDiscard(() => new ValueTask(vault.DeleteAsync(key, CancellationToken.None)));
            await vault.PutAsync(key, Kind, null, JsonSerializer.SerializeToUtf8Bytes(row), cancellation);
        }
    }

    /// <summary>The words behind a commitment; <c>null</c> when they were erased.</summary>
    public async Task<string?> FindAsync(Commitment commitment, CancellationToken cancellation) =>
        (await OpenAsync(commitment, cancellation))?.Words;

    /// <summary>The words behind a commitment and their salt, which together prove that they are; <c>null</c> when they were erased.</summary>
    public async Task<(string Words, byte[] Salt)?> OpenAsync(Commitment commitment, CancellationToken cancellation) =>
        await vault.FindAsync(KeyOf(commitment), cancellation) is { } bytes && JsonSerializer.Deserialize<Row>(bytes) is { } row
            ? (row.Words, Convert.FromBase64String(row.Salt))
            : null;

    private static string KeyOf(Commitment commitment) => $"text:{commitment.Hex}";

    private sealed record Row(string Salt, string Words);
}
