using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Seal.Ledger.Witnessing;

/// <summary>Asks one witness over HTTP and believes nothing of its answer that its key did not sign.</summary>
internal sealed class WitnessClient(HttpClient http, WitnessPeer peer)
{
    // Of what a stranger says only so much is told on.
    private const int MostWords = 200;

    private readonly Uri _address = new(peer.Address.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");

    /// <summary>Sends a checkpoint.</summary>
    /// <param name="request">The request.</param>
    /// <param name="head">What the checkpoint says.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The reply; a failure of the network is a refusal.</returns>
    public async Task<WitnessReply> AskAsync(AddCheckpoint request, TreeHead head, CancellationToken ct)
    {
        try
        {
            using var body = new ByteArrayContent(request.ToBody());
            using var answer = await http.PostAsync(_address, body, ct);
            var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(ct));
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Read(request.Checkpoint, text, head),
                HttpStatusCode.Conflict when answer.Content.Headers.ContentType?.MediaType == WitnessAnswer.SizeMediaType => ReadSize(text),
                _ => new WitnessReply.Refused($"The witness answered {(int)answer.StatusCode}: {Plain(text)}"),
            };
        }
        // A timeout of HttpClient is a cancellation that nobody asked for.
        catch (Exception failed) when (failed is HttpRequestException or IOException || (failed is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new WitnessReply.Refused($"The witness cannot be reached: {failed.Message}");
        }
    }

    private WitnessReply Read(string checkpoint, string lines, TreeHead head)
    {
        try
        {
            var text = SignedNote.Parse(checkpoint).Text;
            // The first is enough: a witness that signs several times says the same.
            var line = SignedNote.Parse(text + '\n' + lines).Verify([peer.Key])[0];
            return Cosignature.TryRead(line, head.Size, out var said)
                ? new WitnessReply.Cosigned(line, said)
                : new WitnessReply.Refused("The witness's cosignature has no time.");
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException)
        {
            return new WitnessReply.Refused($"The witness's answer is no cosignature of its key: {wrong.Message}");
        }
    }

    private static WitnessReply ReadSize(string text) =>
        text.EndsWith('\n') && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new WitnessReply.OtherSize(size)
            : new WitnessReply.Refused("The witness is at another size and does not say which.");

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Take(MostWords))
        {
            plain.Append(char.IsControl(c) ? ' ' : c);
        }

        return plain.ToString().Trim();
    }
}
