// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The one verb of Multicall3 that the stock x402 packages use, written from its ABI. It stands at one address
/// on every chain and is not ours to ship: with this, a chain of one's own has it.
contract MulticallDouble {
    struct Call {
        address target;
        bytes callData;
    }

    struct Result {
        bool success;
        bytes returnData;
    }

    error CallFailed();

    function tryAggregate(bool requireSuccess, Call[] calldata calls)
        external
        payable
        returns (Result[] memory results)
    {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            (results[i].success, results[i].returnData) = calls[i].target.call(calls[i].callData);
            if (requireSuccess && !results[i].success) revert CallFailed();
        }
    }
}
