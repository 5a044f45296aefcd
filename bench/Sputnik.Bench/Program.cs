using Sputnik.Bench;

// One class per verb. Each checks what it measures before it times it.
return args switch
{
    ["gemm", .. string[] options] => GemmVerb.Run(new(options)),
    ["step", .. string[] options] => StepVerb.Run(new(options)),
    ["quick", .. string[] options] => QuickVerb.Run(new(options)),
    ["quant", .. string[] options] => QuantVerb.Run(new(options)),
    ["make", string shape, string type, string vocabulary, string path] => MakeVerb.Run(shape, type, vocabulary, path),
    ["load", string url, .. string[] options] => await LoadVerb.Run(url, new(options)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Sputnik.Bench <verb> [options]

          gemm [--save] [--rounds N] [--threads N] [--only TEXT]
                                    matrix products against OpenBLAS in turns
          step [--save] [--rounds N] [--threads N] [--only TEXT]
                                    training steps at d = 256 and of the quick recipe against the FMA peak
          quick [--save] [--rounds N] [--threads N]
                                    rollouts and updates of the quick recipe's R1-Zero
          quant [--save] [--rounds N] [--threads N] [--only TEXT]
                                    products with coded weights
          make SHAPE TYPE VOCABULARY.gguf PATH
                                    a GGUF file of random weights: qwen2-1.5b or deepseek-1b; Q4_0, Q8_0, Q4_K_M …
          load URL [--streams 64] [--minutes 10] [--disconnects 0.2] [--keys A,B,C] [--prompt 16-512] [--tokens 16-256] [--seed 1] [--json FILE]
                                    a server under load; exits with 1 where it leaks, fails, forgets or is unfair
        """);
    return 2;
}
