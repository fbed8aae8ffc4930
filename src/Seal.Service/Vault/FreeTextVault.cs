using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.Commands;

namespace Seal.Service.Vault;

/// <summary>Keeps the words behind the commitments in events, each with the person it is erased with.</summary>
public sealed class FreeTextVault(VaultStore vault, StreamLoader loader)
{
    private const string KeyBegins = "text:";
    private readonly ConcurrentDictionary<Type, PropertyInfo[]> _texts = new();

    /// <summary>Keeps every text of a command, before the event that commits to it; goes again if the event does not come.</summary>
    public async Task KeepAsync<TCommand>(TCommand command, Facts facts, Work work, CancellationToken cancellation) where TCommand : ICommand<TCommand>
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(work);
        var texts = TextsOf(command).Where(text => text.Text.IsWellFormed).ToList();
        if (texts.Count == 0)
        {
            return;
        }

        var person = await OwnerAsync(command, facts, work, cancellation);
        foreach (var (kind, text, of) in texts)
        {
            var row = new Row(Convert.ToBase64String(text.Salt.Span), text.Words, of);
            var key = KeyOf(text.Commitment);
            work.OnDiscard(() => new ValueTask(vault.DeleteAsync(key, CancellationToken.None)));
            await vault.PutAsync(key, kind, person, JsonSerializer.SerializeToUtf8Bytes(row, DomainJson.Options), cancellation);
        }
    }

    /// <summary>The words behind a commitment; <c>null</c> when they were erased.</summary>
    public async Task<string?> FindAsync(Commitment commitment, CancellationToken cancellation) =>
        (await ReadAsync(commitment, cancellation))?.Words;

    /// <summary>The words behind a commitment and their salt, which together prove that they are; <c>null</c> when they were erased.</summary>
    public async Task<(string Words, byte[] Salt)?> OpenAsync(Commitment commitment, CancellationToken cancellation) =>
        await ReadAsync(commitment, cancellation) is { } text ? (text.Words, Convert.FromBase64String(text.Salt)) : null;

    /// <summary>The text behind a commitment; <c>null</c> when it was erased.</summary>
    public async Task<KeptText?> ReadAsync(Commitment commitment, CancellationToken cancellation) =>
        await vault.FindAsync(KeyOf(commitment), cancellation) is { } row ? Told(commitment.Hex, "", row, null) : null;

    /// <summary>Every text that is erased with a person: what is known of them, what they wrote, and what was written about them.</summary>
    public async Task<IReadOnlyList<KeptText>> OfPersonAsync(PersonId person, CancellationToken cancellation)
    {
        List<KeptText> texts = [];
        await foreach (var row in vault.OfPersonAsync(person.Value, cancellation))
        {
            if (row.Key.StartsWith(KeyBegins, StringComparison.Ordinal))
            {
                texts.Add(Told(row.Key[KeyBegins.Length..], row.Kind, row.Content.Span, row.KeptAt));
            }
        }

        return texts;
    }

    private static KeptText Told(string commitment, string kind, ReadOnlySpan<byte> content, DateTimeOffset? keptAt)
    {
        var row = JsonSerializer.Deserialize<Row>(content, RowJson)!;
        return new KeptText(kind, row.Words, row.Of, row.Salt, commitment, keptAt);
    }

    // A key is made for somebody who is being registered, and for those registered before there were such keys; never for a
    // number that somebody made up.
    private async Task<string?> OwnerAsync<TCommand>(TCommand command, Facts facts, Work work, CancellationToken cancellation) where TCommand : ICommand<TCommand>
    {
        var person = command.Concerned(facts);
        if (person.Stream.IsNone)
        {
            return null;
        }

        if (await vault.Persons.StateAsync(person.Value, cancellation) != PersonKeyState.None)
        {
            return person.Value;
        }

        if (TCommand.Contract.Creates && command.Target(facts) == person.Stream)
        {
            work.OnDiscard(() => new ValueTask(vault.Persons.DropAsync(person.Value, CancellationToken.None)));
            return person.Value;
        }

        var states = await loader.LoadAsync([person.Stream], States.None, ReadUntil.All, cancellation);
        return states.Get<Person>(person.Stream).IsRegistered ? person.Value : null;
    }

    private IEnumerable<(string Kind, FreeText Text, IdKind? Of)> TextsOf<TCommand>(TCommand command)
    {
        var properties = _texts.GetOrAdd(
            typeof(TCommand), type => [.. type.GetProperties().Where(property => property.PropertyType == typeof(FreeText) || property.PropertyType == typeof(IdNumber))]);
        foreach (var property in properties)
        {
            var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name);
            switch (property.GetValue(command))
            {
                case FreeText text:
                    yield return (kind, text, null);
                    break;
                case IdNumber id:
                    yield return (kind, id.Number, id.Kind);
                    break;
                default:
                    break;
            }
        }
    }

    private static string KeyOf(Commitment commitment) => $"{KeyBegins}{commitment.Hex}";

    // Rows kept by earlier versions have names in another case.
    private static readonly JsonSerializerOptions RowJson = new(DomainJson.Options) { PropertyNameCaseInsensitive = true };

    private sealed record Row(string Salt, string Words, IdKind? Of = null);
}

/// <summary>A text of the vault.</summary>
/// <param name="Kind">What it is: <c>name</c>, <c>id-number</c>, <c>phone</c>, <c>email</c>, <c>identity</c>, <c>reason</c>, <c>opinion</c>.</param>
/// <param name="Words">The words.</param>
/// <param name="Of">Of an identity document's number, the kind of document.</param>
/// <param name="Salt">The salt of its commitment, base64.</param>
/// <param name="Commitment">SHA-256(salt ‖ UTF-8 of the words), lower-case hex, as an event has it.</param>
/// <param name="KeptAt">Since when it is kept (UTC).</param>
public sealed record KeptText(string Kind, string Words, IdKind? Of, string Salt, string Commitment, DateTimeOffset? KeptAt);
