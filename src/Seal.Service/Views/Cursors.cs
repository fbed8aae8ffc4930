using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>Cursors as they are given out: opaque, and good only for the list, the filters and the order that they came from.</summary>
/// <param name="digests">Keyed digests, so that nobody else can make one.</param>
public sealed class Cursors(RequestDigests digests)
{
    // Bytes of the keyed digest in front; guessing one takes 2^95 tries.
    private const int TagLength = 12;

    /// <summary>The cursor of the page after one; <c>null</c> after the last.</summary>
    public string? GiveOut(ProjectionQuery query, string? next)
    {
        ArgumentNullException.ThrowIfNull(query);
        return next is null ? null : WebEncoders.Base64UrlEncode([.. TagOf(query, next), .. Encoding.UTF8.GetBytes(next)]);
    }

    /// <summary>Reads a cursor that was given out for this query.</summary>
    /// <exception cref="ProblemException">It was not.</exception>
    public string Open(ProjectionQuery query, string cursor)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(cursor);
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(cursor);
            if (bytes.Length > TagLength && WebEncoders.Base64UrlEncode(bytes) == cursor)
            {
                var next = Encoding.UTF8.GetString(bytes.AsSpan(TagLength));
                if (CryptographicOperations.FixedTimeEquals(TagOf(query, next), bytes.AsSpan(0, TagLength)))
                {
                    return next;
                }
            }
        }
        catch (FormatException)
        {
            // Refused like any other that was not given out.
        }

        throw new ProblemException(RequestProblems.InvalidParameter("cursor"));
    }

    private ReadOnlySpan<byte> TagOf(ProjectionQuery query, string next)
    {
        // The filters by their own types, with all that they say.
        var list = JsonSerializer.Serialize<object[]>([query.Projection, query.Order, .. query.Filters, next]);
        return digests.Of("cursor", Encoding.UTF8.GetBytes(list)).AsSpan(0, TagLength);
    }
}
