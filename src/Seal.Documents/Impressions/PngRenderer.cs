using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Seal.Documents.Impressions;

/// <summary>
/// Makes PNG images by <c>rsvg-convert</c> of librsvg as a child process: the picture goes in and the image comes out
/// through pipes, nothing touches the disk, and a child that does not end is stopped.
/// </summary>
public sealed class PngRenderer
{
    private const int MinimumDpi = 36;
    private const int MaximumDpi = 1200;
    private const int MaximumOutputBytes = 32 << 20;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The program, by path or by name on the PATH.</summary>
    public string Program { get; init; } = "rsvg-convert";

    /// <summary>How long one image may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The clock of the timeout.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Renders a picture; width and height in pixels are its size in mm / 25.4 × <paramref name="dpi"/>.</summary>
    /// <param name="picture">What to draw.</param>
    /// <param name="dpi">Pixels to the inch, 36–1200.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <returns>A PNG file with alpha channel.</returns>
    /// <exception cref="ImpressionException"><c>renderer-missing</c>, <c>renderer-failed</c>, <c>renderer-timeout</c>, <c>impression-size-out-of-range</c>.</exception>
    public async Task<byte[]> RenderAsync(Picture picture, int dpi, CancellationToken cancellationToken)
    {
        if (dpi is < MinimumDpi or > MaximumDpi)
        {
            throw new ImpressionException(ImpressionProblem.SizeOutOfRange, null,
                $"The resolution is {dpi} dpi; it must be {MinimumDpi}–{MaximumDpi}.");
        }

        using var timeout = new CancellationTokenSource(Timeout, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var child = Start(dpi);
        try
        {
            return await ExchangeAsync(child, picture.ToSvg(), either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImpressionException(ImpressionProblem.RendererTimeout, null, $"{Program} did not end within {Timeout}.", e);
        }
        finally
        {
            // Ended by itself in the good case; otherwise it must not outlive the call.
            if (!child.HasExited)
            {
                child.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start(int dpi)
    {
        var resolution = dpi.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Program, ["--format=png", "--dpi-x", resolution, "--dpi-y", resolution])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ImpressionException(ImpressionProblem.RendererMissing, null,
                $"{Program} cannot be started ({e.Message}). Install it: apt-get install librsvg2-bin", e);
        }
    }

    private async Task<byte[]> ExchangeAsync(Process child, string svg, CancellationToken cancellationToken)
    {
        // All three pipes at once: a child blocked on a full one would never end.
        var output = ReadAsync(child.StandardOutput.BaseStream, MaximumOutputBytes, cancellationToken);
        var errors = ReadAsync(child.StandardError.BaseStream, 64 << 10, cancellationToken);
        await WriteAsync(child, svg, cancellationToken);
        var (image, complaint) = (await output, await errors);
        await child.WaitForExitAsync(cancellationToken);
        if (child.ExitCode == 0 && image.AsSpan().StartsWith(PngSignature))
        {
            return image;
        }

        throw new ImpressionException(ImpressionProblem.RendererFailed, null,
            $"{Program} ended with {child.ExitCode} and {image.Length} bytes that are not a PNG image: {Encoding.UTF8.GetString(complaint).Trim()}");
    }

    private static async Task WriteAsync(Process child, string svg, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = child.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(svg), cancellationToken);
        }
        catch (IOException)
        {
            // The child closed its end early; its exit code and complaint say why.
        }
    }

    private async Task<byte[]> ReadAsync(Stream pipe, int limit, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var block = new byte[64 << 10];
        int read;
        while ((read = await pipe.ReadAsync(block, cancellationToken)) > 0)
        {
            if (all.Length + read > limit)
            {
                throw new ImpressionException(ImpressionProblem.RendererFailed, null, $"{Program} wrote more than {limit} bytes.");
            }

            await all.WriteAsync(block.AsMemory(0, read), cancellationToken);
        }

        return all.ToArray();
    }
}
