using System.Net;
using System.Net.Sockets;
using System.Text;
using Seal.Ledger.Witnessing;

namespace Seal.Ledger.Tests.Witnessing;

/// <summary>A witness in this process, on HTTP; it can be told to answer otherwise than a witness should.</summary>
internal sealed class WitnessHost : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder = TemporaryDirectory.New();
    private readonly WitnessFolder _memory;
    private readonly Witness _witness;
    private readonly Task _loop;

    private WitnessHost(WitnessFolder memory, string folder, Witness witness, EcdsaWitnessKey key, Func<WitnessAnswer, WitnessAnswer> bend)
    {
        (_memory, _folder, _witness, Key, Bend) = (memory, folder, witness, key, bend);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/w");
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _loop = Task.Run(RunAsync);
    }

    public Uri Address { get; }

    public EcdsaWitnessKey Key { get; }

    public WitnessPeer Peer => new(Address, Key);

    /// <summary>What becomes of an answer on its way.</summary>
    public Func<WitnessAnswer, WitnessAnswer> Bend { get; set; }

    /// <summary>Requests answered.</summary>
    public int Asked { get; private set; }

    public long? SizeOf(string origin) => _witness.SizeOf(origin);

    public static async Task<WitnessHost> StartAsync(string name, INoteVerifier log, Func<WitnessAnswer, WitnessAnswer>? bend = null)
    {
        var folder = TemporaryDirectory.New();
        var memory = WitnessFolder.Open(folder);
        var key = new EcdsaWitnessKey(name);
        return new WitnessHost(memory, folder, await Witness.StartAsync([log], memory, key, _ => { }, Requests.Ct), key, bend ?? (answer => answer));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
        _witness.Dispose();
        _memory.Dispose();
        TemporaryDirectory.Delete(_folder);
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var answer = Bend(await _witness.AddCheckpointAsync(body.ToArray(), CancellationToken.None));
                Asked++;
                context.Response.StatusCode = context.Request.Url!.AbsolutePath == "/w/add-checkpoint" ? answer.Status : 404;
                context.Response.ContentType = answer.MediaType;
                context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
