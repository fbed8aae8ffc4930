using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.SignIn;
using Seal.Service.Vault;

namespace Seal.Service.Views;

/// <summary>Everything that is held about a person.</summary>
/// <param name="Person">The person's number.</param>
/// <param name="ExportedAt">When it was put together (UTC).</param>
/// <param name="Size">The size of the ledger that was read through.</param>
/// <param name="Accounts">The person's accounts.</param>
/// <param name="Texts">What the vault keeps with them: their data, what they wrote, what was written about them. Each with its salt, so that
/// they can check that it is what an event commits to.</param>
/// <param name="Events">The events that name them or that they caused, oldest first; looks at their data by office are the <c>inquiry.made</c> among them.</param>
public sealed record PersonDossier(
    string Person, DateTimeOffset ExportedAt, long Size, IReadOnlyList<string> Accounts, IReadOnlyList<KeptText> Texts, IReadOnlyList<PersonEvent> Events);

/// <summary>An event that names a person.</summary>
/// <param name="Position">Its position in the ledger.</param>
/// <param name="RecordedAt">When it was recorded (UTC).</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its version there.</param>
/// <param name="Type">What happened, by wire name.</param>
/// <param name="Metadata">Who did it, by which command, by which way.</param>
/// <param name="Event">What the event says.</param>
public sealed record PersonEvent(long Position, DateTimeOffset RecordedAt, string Stream, long Version, string Type, JsonNode Metadata, JsonNode Event);

/// <summary>
/// Puts together what is held about a person. It reads the whole ledger once, as written, so that nothing depends on an index having been
/// thought of; one at a time, and written out as it is found, so that memory stays flat.
/// </summary>
public sealed class PersonExport(EventLedger ledger, FreeTextVault texts, Accounts accounts) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The document, for the export that an event records.</summary>
    public IResult Answer(PersonId person, RecordedEvent export)
    {
        ArgumentNullException.ThrowIfNull(export);
        return new Streamed(this, person, export);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task WriteAsync(PipeWriter body, PersonId person, RecordedEvent export, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = DomainJson.Options.Encoder });
            json.WriteStartObject();
            json.WriteString("person", person.Value);
            json.WriteString("exportedAt", export.RecordedAt);
            json.WriteNumber("size", export.Position + 1);
            json.WritePropertyName("accounts");
            JsonSerializer.Serialize(json, await accounts.OfPersonAsync(person, cancellation), DomainJson.Options);
            json.WritePropertyName("texts");
            JsonSerializer.Serialize(json, await texts.OfPersonAsync(person, cancellation), DomainJson.Options);
            json.WriteStartArray("events");
            await WriteEventsAsync(json, body, person, export.Position, cancellation);
            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(cancellation);
            await body.FlushAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteEventsAsync(Utf8JsonWriter json, PipeWriter body, PersonId person, long last, CancellationToken cancellation)
    {
        var named = Encoding.UTF8.GetBytes(person.Value);
        await foreach (var recorded in ledger.Shown.ReadAllAsync(0, null, cancellation))
        {
            if (recorded.Position > last)
            {
                break;
            }

            if (Names(recorded, person.Value, named))
            {
                JsonSerializer.Serialize(json, Tell(recorded), DomainJson.Options);
                await body.FlushAsync(cancellation);
            }
        }
    }

    // The number is random and long: where its letters stand, the person is meant.
    private static bool Names(RecordedEvent recorded, string person, byte[] named) =>
        recorded.Stream.Contains(person, StringComparison.Ordinal)
        || recorded.Body.Span.IndexOf(named) >= 0 || recorded.Metadata.Span.IndexOf(named) >= 0;

    private static PersonEvent Tell(RecordedEvent recorded) => new(
        recorded.Position, recorded.RecordedAt, recorded.Stream, recorded.Version, recorded.Type,
        JsonNode.Parse(recorded.Metadata.Span)!, JsonNode.Parse(recorded.Body.Span)!);

    private sealed class Streamed(PersonExport export, PersonId person, RecordedEvent recorded) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json";
            return export.WriteAsync(httpContext.Response.BodyWriter, person, recorded, httpContext.RequestAborted);
        }
    }
}
